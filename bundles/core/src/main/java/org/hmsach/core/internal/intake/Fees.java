package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Optional;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets fee schedules. */
@Component(service = Fees.class)
public final class Fees {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<FeeSchedule> schedules;

    /** For the component runtime. */
    public Fees() {
        this(List.of());
    }

    Fees(List<FeeSchedule> schedules) {
        this.schedules = schedules;
    }

    /** The highest ranking schedule; the list is in ascending order of ranking. */
    Optional<FeeSchedule> current() {
        List<FeeSchedule> now = schedules;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }
}
