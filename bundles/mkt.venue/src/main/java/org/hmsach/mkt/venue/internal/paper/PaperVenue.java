package org.hmsach.mkt.venue.internal.paper;

import java.util.List;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Fills orders against the quotes of the feed; nobody stands on the other side.
 *
 * <p>The market data is a static reference on purpose: without quotes there is no such venue, its orders wait, and new
 * market data bring a new session with them.
 */
@Component(property = "name=" + PaperVenue.NAME)
public final class PaperVenue implements Venue {
    static final String NAME = "paper";

    private final MarketData data;

    @Activate
    public PaperVenue(@Reference(policyOption = ReferencePolicyOption.GREEDY) MarketData data) {
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The fills are simulated: the core's truth comes first, and a session can always begin anew. */
    @Override
    public Kind kind() {
        return Kind.INTERNAL;
    }

    @Override
    public Session open(long incarnation, List<Order> openOrders, Reports reports) {
        PaperSession session = new PaperSession(data, NAME + "-" + incarnation + "-", reports);
        session.resume(incarnation, openOrders);
        return session;
    }
}
