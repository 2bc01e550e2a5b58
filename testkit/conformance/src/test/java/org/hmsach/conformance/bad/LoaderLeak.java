package org.hmsach.conformance.bad;

import org.osgi.framework.BundleContext;

/** Puts an object of its own where the whole process sees it. */
public final class LoaderLeak extends Offering {
    @Override
    public void start(BundleContext context) throws Exception {
        super.start(context);
        System.getProperties().put(new Object(), this);
    }
}
