package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.core.internal.guard.BundlePlugIns;
import org.hmsach.core.internal.guard.Guards;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core looks whether a venue is here; mfe.exec is who talks to it. */
@Component(service = Venues.class)
public final class Venues {
    private final ModuleSwitch moduleSwitch;
    private final Names<Venue> names;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, Venue>> venues = List.of();

    /** None at first. */
    @Activate
    public Venues(@Reference ModuleSwitch moduleSwitch, @Reference BundlePlugIns plugIns) {
        this(moduleSwitch, plugIns.guards());
    }

    Venues(ModuleSwitch moduleSwitch, Guards guards) {
        this.moduleSwitch = moduleSwitch;
        this.names = new Names<>(guards, Venue.class.getSimpleName(), Venue::name);
    }

    void replace(List<Map.Entry<Map<String, Object>, Venue>> others) {
        venues = List.copyOf(others);
    }

    boolean has(String name) {
        List<Served<Venue>> now = Served.of(venues, moduleSwitch);
        names.keep(now);
        return now.stream().anyMatch(venue -> names.of(venue).equals(Optional.of(name)));
    }
}
