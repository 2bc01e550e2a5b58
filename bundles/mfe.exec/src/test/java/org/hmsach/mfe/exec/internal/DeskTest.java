package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.List;
import org.hmsach.testkit.contract.VenueReports;
import org.hmsach.testkit.fake.FakePlugIns;
import org.junit.jupiter.api.Test;

class DeskTest {
    private final FakePlugIns plugIns = new FakePlugIns();
    private final FakeVenue venue = FakeVenue.internal("v");

    @Test
    void closesTheSessionOfAVenueThatMayNotBeCalledAnyMore() {
        Desk desk = new Desk("v", 1, plugIns.plugIn("Venue", "v", 1), Duration.ofSeconds(10));
        desk.open(venue, List.of(), new VenueReports());
        venue.asked.await(1);
        plugIns.open("Venue", "v");
        desk.close();
        venue.asked.await("close"::equals, "the end of the session");
    }
}
