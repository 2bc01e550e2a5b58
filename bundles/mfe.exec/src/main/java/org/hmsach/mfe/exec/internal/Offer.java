package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.spi.mkt.Venue;

/** A venue behind its guard. */
record Offer(Venue venue, PlugIn guard) {
    private static final Duration BRIEF = Duration.ofMillis(250);

    Venue.Kind kind() throws PlugInException, InterruptedException {
        return guard.ask("say its kind", BRIEF, venue::kind);
    }

    /** The very object: equals would ask the venue's code. */
    boolean isSame(Offer other) {
        return venue == other.venue;
    }
}
