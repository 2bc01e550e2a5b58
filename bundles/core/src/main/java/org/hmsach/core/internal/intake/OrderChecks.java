package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.spi.gov.OrderCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets pre-trade checks; each request reads the field once. */
@Component(service = OrderChecks.class)
public final class OrderChecks {
    private final ModuleSwitch moduleSwitch;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, OrderCheck>> checks = List.of();

    /** Nobody at first. */
    @Activate
    public OrderChecks(@Reference ModuleSwitch moduleSwitch) {
        this.moduleSwitch = moduleSwitch;
    }

    /** The checks that are here now and serve, in ascending order of ranking. */
    List<Served<OrderCheck>> current() {
        return Served.of(checks, moduleSwitch);
    }

    /** Takes a lease for one call. @return false when the check was just relieved: look again */
    boolean enter(Served<OrderCheck> check) {
        return moduleSwitch.enter(check.bundleId());
    }

    /** Gives the lease back. */
    void leave(Served<OrderCheck> check) {
        moduleSwitch.leave(check.bundleId());
    }

    void replace(List<Map.Entry<Map<String, Object>, OrderCheck>> others) {
        checks = List.copyOf(others);
    }
}
