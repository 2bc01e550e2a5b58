package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core looks whether a venue is here; mfe.exec is who talks to it. */
@Component(service = Venues.class)
public final class Venues {
    private final ModuleSwitch moduleSwitch;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, Venue>> venues = List.of();

    /** None at first. */
    @Activate
    public Venues(@Reference ModuleSwitch moduleSwitch) {
        this.moduleSwitch = moduleSwitch;
    }

    void replace(List<Map.Entry<Map<String, Object>, Venue>> others) {
        venues = List.copyOf(others);
    }

    boolean has(String name) {
        return Served.of(venues, moduleSwitch).stream()
                .anyMatch(venue -> venue.service().name().equals(name));
    }
}
