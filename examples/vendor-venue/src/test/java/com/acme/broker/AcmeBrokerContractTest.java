package com.acme.broker;

import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.contract.VenueContract;

/** What the platform relies on, as published with the testkit. */
class AcmeBrokerContractTest extends VenueContract {
    private final AcmeBroker broker = new AcmeBroker(Map.of("IBM", Scale8.parse("305.00")));

    @Override
    protected Venue venue() {
        return broker;
    }

    @Override
    protected void meet(Venue.Session session, Order resting) {
        broker.floor().price("IBM", Scale8.parse("0.99"));
    }
}
