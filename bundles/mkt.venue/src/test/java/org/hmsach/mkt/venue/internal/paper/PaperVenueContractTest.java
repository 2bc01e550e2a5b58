package org.hmsach.mkt.venue.internal.paper;

import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.contract.VenueContract;
import org.hmsach.testkit.fake.FakeMarketData;

class PaperVenueContractTest extends VenueContract {
    private final FakeMarketData data = new FakeMarketData();
    private final Venue venue = new PaperVenue(data);

    @Override
    protected Venue venue() {
        return venue;
    }

    @Override
    protected void meet(Venue.Session session, Order resting) {
        data.quote(symbol(), "0.98", "6", "0.99", "6");
        data.quote(symbol(), "0.98", "6", "0.99", "6");
    }
}
