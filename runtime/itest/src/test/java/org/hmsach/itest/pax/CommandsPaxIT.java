package org.hmsach.itest.pax;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.UUID;
import javax.inject.Inject;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** The operator's commands, typed into the Gogo shell of the shipped features. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CommandsPaxIT {
    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private Container container;

    @Configuration
    public Option[] options() throws IOException {
        return new Option[] {ShippedFeatures.options("core", "gov", "mkt", "mfe", "console")};
    }

    @Before
    public void start() throws Exception {
        container = Container.start(context, configurations);
    }

    @After
    public void letServicesGo() {
        container.close();
    }

    @Test
    public void showsModulesOrdersAndAccounts() throws Exception {
        UUID account = container.openAccount();
        ModuleRegistry registry = container.service(ModuleRegistry.class);
        Container.await(() -> "gov.checks active", () -> registry.module("gov.checks").stream()
                .anyMatch(module -> module.state() == ModuleState.ACTIVE));
        String modules = container.typed("hms:modules");
        assertTrue(modules, modules.lines().anyMatch(line -> line.matches("gov +gov\\.checks +active .*")));
        String accounts = container.typed("hms:accounts");
        assertTrue(
                accounts,
                accounts.lines().anyMatch(line -> line.matches(account + " +USD +10000000\\.00 +10000000\\.00 +0")));
        String orders = container.typed("hms:orders " + account);
        assertTrue(orders, orders.matches("ORDER +ACCOUNT +STATE .*"));
    }
}
