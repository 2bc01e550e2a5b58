package org.hmsach.mkt.venue.internal.paper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
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
@Component(property = {"name=" + PaperVenue.NAME, Venue.SIMULATED + ":Boolean=true"})
public final class PaperVenue implements Venue {
    static final String NAME = "paper";

    private final MarketData data;
    private final AtomicReference<Optional<PaperSession>> current = new AtomicReference<>(Optional.empty());

    @Activate
    public PaperVenue(@Reference(policyOption = ReferencePolicyOption.GREEDY) MarketData data) {
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Like a broker's: no order of ours stands on the other side, so an execution is a fact and stands alone. */
    @Override
    public Kind kind() {
        return Kind.EXTERNAL;
    }

    /** Only the newest session trades; it knows what the one before it did just now. */
    @Override
    public synchronized Session open(long incarnation, List<Order> openOrders, Reports reports) {
        Map<UUID, Long> leftE8 = current.get().map(PaperSession::end).orElse(Map.of());
        PaperSession session = new PaperSession(data, NAME + "-" + incarnation + "-", reports, leftE8);
        current.set(Optional.of(session));
        session.resume(incarnation, openOrders);
        return session;
    }
}
