package org.hmsach.conformance.bad;

import org.osgi.framework.BundleContext;

/** Throws when it is started. */
public final class NoStart extends Offering {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no licence file");
    }
}
