package org.hmsach.ops.internal.swap;

import org.hmsach.api.module.ModuleSwitch;

/** A switch that remembers who serves; nobody is ever inside. */
final class OneServes implements ModuleSwitch {
    private volatile long serving;

    OneServes(long serving) {
        this.serving = serving;
    }

    long serving() {
        return serving;
    }

    @Override
    public boolean serves(long bundleId) {
        return bundleId == serving;
    }

    @Override
    public void serve(long bundleId) {
        serving = bundleId;
    }

    @Override
    public boolean enter(long bundleId) {
        return bundleId == serving;
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
