package org.hmsach.itest.pax;

import java.io.IOException;
import java.io.InputStream;
import javax.inject.Inject;
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
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;

/** Boots the shipped features in a container and updates gov.checks fifty times while orders flow; old classes go. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapPaxIT {
    private static final String CHECKS = "org.hmsach.gov.checks";
    private static final int SWAPS = 50;
    private static final int ORDERS_BETWEEN = 20;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private Container container;

    @Configuration
    public Option[] options() throws IOException {
        return new Option[] {ShippedFeatures.options("core", "gov", "mkt", "mfe")};
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
    public void losesDoublesAndSkipsNothingWhileChecksAreUpdated() throws Exception {
        container.awaitActive("gov.checks");
        OrderFlow flow = OrderFlow.start(container);
        Installed checks = new Installed(context, CHECKS);
        for (int swap = 1; swap <= SWAPS; swap++) {
            updateInPlace(checks);
            container.awaitActive("gov.checks");
            checks.watch();
            flow.awaitOrders(ORDERS_BETWEEN, "orders after update " + swap);
        }
        checks.awaitOthersGone();
        int orders = flow.prove(SWAPS * ORDERS_BETWEEN);
        System.out.printf(
                "%d updates of %s under flow: %d orders acknowledged, lost 0, doubled 0, unchecked 0,"
                        + " %d told to come again, longest answer %d ms%n",
                SWAPS, CHECKS, orders, flow.sentAgain(), flow.longestMs());
    }

    /** The plain OSGi way, as an admin would do it in the console. */
    private static void updateInPlace(Installed module) throws BundleException, IOException {
        try (InputStream jar = module.jar()) {
            module.bundles().get(0).update(jar);
        }
    }
}
