package org.hmsach.bench.swap.bad;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Throws when it is started. */
public final class Throwing implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("this version throws in its activation");
    }

    @Override
    public void stop(BundleContext context) {
        // it never ran
    }
}
