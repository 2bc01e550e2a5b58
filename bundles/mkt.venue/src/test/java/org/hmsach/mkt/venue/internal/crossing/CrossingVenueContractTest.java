package org.hmsach.mkt.venue.internal.crossing;

import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.contract.VenueContract;
import org.hmsach.testkit.fake.Samples;

class CrossingVenueContractTest extends VenueContract {
    private final Venue venue = new CrossingVenue();

    @Override
    protected Venue venue() {
        return venue;
    }

    @Override
    protected void meet(Venue.Session session, Order resting) {
        String qty = Scale8.text(resting.openE8());
        session.place(120, Samples.accepted(Samples.limit(Side.SELL, symbol(), qty, restingPrice()), venue.name()));
    }
}
