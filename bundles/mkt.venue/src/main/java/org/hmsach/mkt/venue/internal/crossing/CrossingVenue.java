package org.hmsach.mkt.venue.internal.crossing;

import java.util.List;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Component;

/** Matches the platform's own orders by price and time. Its books are derived: a session starts from open orders. */
@Component(property = "name=" + CrossingVenue.NAME)
public final class CrossingVenue implements Venue {
    static final String NAME = "crossing";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Kind kind() {
        return Kind.INTERNAL;
    }

    @Override
    public Session open(long incarnation, List<Order> openOrders, Reports reports) {
        CrossingSession session = new CrossingSession(NAME + "-" + incarnation + "-", reports);
        session.resume(incarnation, openOrders);
        return session;
    }
}
