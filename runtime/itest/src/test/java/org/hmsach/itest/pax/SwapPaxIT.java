package org.hmsach.itest.pax;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
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
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int swap = 1; swap <= SWAPS; swap++) {
            updateInPlace();
            container.awaitActive("gov.checks");
            loaders.add(new WeakReference<>(checks().adapt(BundleWiring.class).getClassLoader()));
            flow.awaitOrders(ORDERS_BETWEEN, "orders after update " + swap);
        }
        Container.await(() -> alive(loaders) + " class loaders after " + SWAPS + " updates to become one", () -> {
            System.gc();
            return alive(loaders) <= 1;
        });
        int orders = flow.prove(SWAPS * ORDERS_BETWEEN);
        System.out.printf(
                "%d updates of %s under flow: %d orders acknowledged, lost 0, doubled 0, unchecked 0,"
                        + " %d told to come again, longest answer %d ms%n",
                SWAPS, CHECKS, orders, flow.sentAgain(), flow.longestMs());
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(one -> one.get() != null).count();
    }

    /** The plain OSGi way, as an admin would do it in the console. */
    private void updateInPlace() throws BundleException, IOException {
        Bundle checks = checks();
        try (InputStream jar = URI.create(checks.getLocation()).toURL().openStream()) {
            checks.update(jar);
        }
    }

    private Bundle checks() {
        for (Bundle bundle : context.getBundles()) {
            if (CHECKS.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new IllegalStateException(CHECKS + " is not installed");
    }
}
