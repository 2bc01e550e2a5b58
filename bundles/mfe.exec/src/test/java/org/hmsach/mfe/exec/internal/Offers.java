package org.hmsach.mfe.exec.internal;

import java.util.Map;
import java.util.stream.Collectors;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakePlugIns;

/** Venues as the seam gives them, each behind a guard that calls at once. */
final class Offers {
    private static final FakePlugIns PLUG_INS = new FakePlugIns();

    private Offers() {}

    static Map<String, Offer> of(Map<String, Venue> venues) {
        return Map.copyOf(venues).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> new Offer(e.getValue(), PLUG_INS.plugIn("Venue", e.getKey(), 1))));
    }
}
