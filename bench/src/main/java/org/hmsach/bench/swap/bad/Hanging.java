package org.hmsach.bench.swap.bad;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Never comes back from its start, unless it is interrupted. */
public final class Hanging implements BundleActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void stop(BundleContext context) {
        // it never ran
    }
}
