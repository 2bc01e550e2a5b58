package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.contract.VenueContract;
import org.hmsach.testkit.contract.VenueReport.Kind;
import org.hmsach.testkit.contract.VenueReports;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** The contract's tests, and ours. */
class MarketTest extends VenueContract {
    private final VenueReports reports = new VenueReports();

    @Override
    protected Venue venue() {
        return new Market();
    }

    @Override
    protected void meet(Venue.Session session, Order resting) {
        ((Market.Book) session).price(Scale8.parse(restingPrice()));
    }

    @Test
    void executesAMarketOrderAtItsPrice() {
        Order order = Samples.accepted(Samples.market(Side.BUY, "IBM", "10"), "${artifactId}");
        venue().open(1, List.of(), reports).place(2, order);
        assertEquals(
                Scale8.parse("305"), reports.await(Kind.FILLED, order.id()).priceE8());
    }

    @Test
    void rejectsWhatItDoesNotTrade() {
        Order order = Samples.accepted(Samples.market(Side.BUY, "TULIP", "10"), "${artifactId}");
        venue().open(1, List.of(), reports).place(2, order);
        reports.await(Kind.REJECTED, order.id());
    }
}
