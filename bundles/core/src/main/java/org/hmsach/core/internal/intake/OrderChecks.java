package org.hmsach.core.internal.intake;

import java.util.List;
import org.hmsach.spi.gov.OrderCheck;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets pre-trade checks; each request reads the field once. */
@Component(service = OrderChecks.class)
public final class OrderChecks {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<OrderCheck> checks;

    /** For the component runtime. */
    public OrderChecks() {
        this(List.of());
    }

    OrderChecks(List<OrderCheck> checks) {
        this.checks = checks;
    }

    /** The checks that are here now. */
    List<OrderCheck> current() {
        return List.copyOf(checks);
    }

    void replace(List<OrderCheck> others) {
        checks = List.copyOf(others);
    }
}
