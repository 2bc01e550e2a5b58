package org.hmsach.gateway.internal.place;

import java.util.List;
import org.hmsach.api.module.ModuleSwitch;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Which versions of bundles serve, as this version of the gateway sees it; without the core nobody stands aside. */
@Component(service = Versions.class)
public final class Versions implements Visits {
    private final BundleContext context;
    private final long own;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    @Activate
    public Versions(BundleContext context) {
        this.context = context;
        this.own = context.getBundle().getBundleId();
    }

    /** The bundle of this version. */
    public BundleContext context() {
        return context;
    }

    /** Whether this version is the one that requests come to. */
    public boolean isServing() {
        return switches.stream().allMatch(one -> one.serves(own));
    }

    /** Whether resources of that bundle are asked: its own always, to be warm when it is its turn. */
    public boolean isAsked(long bundleId) {
        return bundleId == own || switches.stream().allMatch(one -> one.serves(bundleId));
    }

    @Override
    public Runnable enter() {
        return enter(switches, own);
    }

    /** The core may be replaced meanwhile: what one switch has counted is given back to that one. */
    static Runnable enter(List<ModuleSwitch> switches, long bundleId) {
        return switches.stream()
                .findFirst()
                .filter(one -> one.enter(bundleId))
                .<Runnable>map(one -> () -> one.leave(bundleId))
                .orElse(() -> {});
    }
}
