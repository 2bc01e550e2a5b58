package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets fee schedules. */
@Component(service = Fees.class)
public final class Fees {
    private final ModuleSwitch moduleSwitch;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, FeeSchedule>> schedules = List.of();

    /** Nobody at first. */
    @Activate
    public Fees(@Reference ModuleSwitch moduleSwitch) {
        this.moduleSwitch = moduleSwitch;
    }

    void replace(List<Map.Entry<Map<String, Object>, FeeSchedule>> others) {
        schedules = List.copyOf(others);
    }

    /** The highest ranking schedule; the list is in ascending order of ranking. */
    Optional<FeeSchedule> current() {
        List<Served<FeeSchedule>> now = Served.of(schedules, moduleSwitch);
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(now.get(now.size() - 1).service());
    }
}
