package org.hmsach.core.internal.intake;

import java.util.List;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core looks whether a venue is here; mfe.exec is who talks to it. */
@Component(service = Venues.class)
public final class Venues {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Venue> venues;

    /** For the component runtime. */
    public Venues() {
        this(List.of());
    }

    Venues(List<Venue> venues) {
        this.venues = venues;
    }

    boolean has(String name) {
        return venues.stream().anyMatch(venue -> venue.name().equals(name));
    }
}
