package org.hmsach.core.internal.registry;

import java.time.Duration;
import org.hmsach.api.module.Duty;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The duty of the bundle that asks for it: one instance a bundle. */
@Component(service = Duty.class, scope = ServiceScope.BUNDLE)
public final class BundleDuty implements Duty {
    private final Gates gates;
    private final long bundleId;

    /** For the bundle that uses it. */
    @Activate
    public BundleDuty(ComponentContext context, @Reference BundleSwitch moduleSwitch) {
        this(moduleSwitch.gates(), context.getUsingBundle().getBundleId());
    }

    BundleDuty(Gates gates, long bundleId) {
        this.gates = gates;
        this.bundleId = bundleId;
    }

    @Override
    public boolean isMine() {
        return gates.serves(bundleId);
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        return gates.await(bundleId, time);
    }
}
