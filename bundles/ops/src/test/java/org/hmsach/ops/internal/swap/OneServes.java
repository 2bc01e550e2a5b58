package org.hmsach.ops.internal.swap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.module.ModuleSwitch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A switch that remembers who serves under each name; nobody is ever inside. */
public final class OneServes implements ModuleSwitch {
    private final BundleContext context;
    private final Map<String, Long> byName = new ConcurrentHashMap<>();
    private volatile long serving;

    /** @param serving the bundle that serves at first */
    public OneServes(BundleContext context, long serving) {
        this.context = context;
        serve(serving);
    }

    /** Who was the last to be moved to. */
    long serving() {
        return serving;
    }

    @Override
    public boolean serves(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        return bundle != null && byName.getOrDefault(bundle.getSymbolicName(), -1L) == bundleId;
    }

    @Override
    public void serve(long bundleId) {
        byName.put(context.getBundle(bundleId).getSymbolicName(), bundleId);
        serving = bundleId;
    }

    @Override
    public boolean enter(long bundleId) {
        return serves(bundleId);
    }

    @Override
    public void leave(long bundleId) {
        // nobody is counted
    }

    @Override
    public long inFlight(long bundleId) {
        return 0;
    }
}
