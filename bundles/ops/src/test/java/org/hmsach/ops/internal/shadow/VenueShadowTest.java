package org.hmsach.ops.internal.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.command.Origin;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueShadowTest {
    private static final long PRICE = Scale8.parse("100");

    private final Tally tally = new Tally();
    private final AtomicLong clockMs = new AtomicLong(1);
    private final Asked asked = new Asked();
    private final VenueShadow shadow = new VenueShadow(asked, tally, clockMs::get, Duration.ofSeconds(60));
    private long entry = 100;

    /** A venue that does nothing by itself: the test reports. */
    private static class Asked implements Venue, Venue.Session {
        private final List<String> calls = new ArrayList<>();
        private Reports reports;

        @Override
        public String name() {
            return "paper";
        }

        @Override
        public Kind kind() {
            return Kind.INTERNAL;
        }

        @Override
        public Session open(long incarnation, List<Order> openOrders, Reports to) {
            reports = to;
            calls.add("open " + openOrders.size());
            return this;
        }

        @Override
        public void place(long cause, Order order) {
            calls.add("place");
        }

        @Override
        public void cancel(long cause, Order order) {
            calls.add("cancel");
        }

        @Override
        public void replace(long cause, Order order) {
            calls.add("replace");
        }

        @Override
        public void remove(long cause, UUID order) {
            calls.add("remove");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @BeforeEach
    void open() {
        shadow.open(1, List.of(order("paper"), order("other")));
    }

    private static Order order(String venue) {
        return Samples.accepted(Samples.limit(Side.BUY, "IBM", "10", "100"), venue);
    }

    private void tell(OrderEventKind kind, Order order) {
        EventHeader header = new EventHeader(entry, entry, 0, 1, Samples.MONDAY, Origin.ofModule("core"));
        entry++;
        shadow.onOrder(new Events.OrderEvent(header, kind, order, Optional.empty(), List.of(), ""));
    }

    /** All ten at 100. */
    private static Order filled(Order order) {
        return new Order(
                order.id(),
                order.request(),
                OrderState.FILLED,
                order.venue(),
                order.priority(),
                Scale8.parse("10"),
                Scale8.parse("1000"),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                order.businessDate(),
                order.createdMs(),
                order.updatedMs());
    }

    @Test
    void agreesWhereBothFillTheSameAtThePrice() {
        Order live = order("paper");
        tell(OrderEventKind.NEW, live);
        asked.reports.filled(100, live.id(), "x1", Scale8.parse("10"), PRICE);
        tell(OrderEventKind.FILL, filled(live));
        shadow.commit();
        assertEquals(List.of("open 1", "place"), asked.calls, "orders of other venues are not its business");
        assertEquals(new Tally.Sums(1, 0, 0, 0, 0, ""), tally.sums());
    }

    @Test
    void callsTheSameFillAtAWorsePriceStricter() {
        Order live = order("paper");
        tell(OrderEventKind.NEW, live);
        asked.reports.filled(100, live.id(), "x1", Scale8.parse("10"), PRICE + 1);
        tell(OrderEventKind.FILL, filled(live));
        shadow.commit();
        assertEquals(new Tally.Sums(1, 1, 0, 0, 0, ""), tally.sums());
    }

    @Test
    void showsTheOrderThatTheShadowDoesNotFillOnceItHadTheTime() {
        Order live = order("paper");
        tell(OrderEventKind.NEW, live);
        tell(OrderEventKind.FILL, filled(live));
        shadow.commit();
        assertEquals(0, tally.sums().compared(), "the shadow may still fill it");
        clockMs.addAndGet(VenueShadow.GRACE.toMillis() + 1);
        shadow.commit();
        assertEquals(1, tally.sums().stricter());
        ShadowReport.Disagreement seen = tally.rows().get(0).disagreements().get(0);
        assertEquals(live.id().toString(), seen.order());
        assertEquals("FILLED", seen.live().answer());
        assertEquals("10", seen.live().value());
        assertEquals("0", seen.shadow().value());
        assertEquals("remove", asked.calls.get(asked.calls.size() - 1), "it rests there no longer");
    }

    @Test
    void tellsCancelsAndComparesWhatIsLeftUnfilled() {
        Order live = order("paper");
        tell(OrderEventKind.NEW, live);
        tell(OrderEventKind.PENDING_CANCEL, Samples.inState(live, OrderState.PENDING_CANCEL));
        asked.reports.canceled(101, live.id(), "as asked");
        tell(OrderEventKind.CANCELED, Samples.inState(live, OrderState.CANCELED));
        shadow.commit();
        assertTrue(asked.calls.contains("cancel"));
        assertEquals(new Tally.Sums(1, 0, 0, 0, 0, ""), tally.sums());
    }

    @Test
    void countsARefusalOfTheShadowAsStricterAndAFillThatWasNotThereAsLooser() {
        Order refused = order("paper");
        tell(OrderEventKind.NEW, refused);
        asked.reports.rejected(100, refused.id(), "not my kind");
        tell(OrderEventKind.CANCELED, Samples.inState(refused, OrderState.CANCELED));
        Order early = order("paper");
        tell(OrderEventKind.NEW, early);
        asked.reports.traded(102, new Venue.Match(early.id(), UUID.randomUUID(), "x1", Scale8.parse("10"), PRICE));
        tell(OrderEventKind.EXPIRED, Samples.inState(early, OrderState.EXPIRED));
        shadow.commit();
        assertEquals(new Tally.Sums(2, 1, 1, 0, 0, ""), tally.sums());
    }

    @Test
    void goesOnWhenTheVenueThrows() {
        VenueShadow broken = new VenueShadow(throwing(), tally, clockMs::get, Duration.ofSeconds(60));
        broken.open(2, List.of());
        EventHeader header = new EventHeader(1, 1, 0, 1, Samples.MONDAY, Origin.ofModule("core"));
        broken.onOrder(
                new Events.OrderEvent(header, OrderEventKind.NEW, order("paper"), Optional.empty(), List.of(), ""));
        assertEquals(1, tally.sums().failed());
        assertTrue(
                tally.sums().lastFailure().contains("venue.paper"), tally.sums().lastFailure());
    }

    private static Venue throwing() {
        return new Asked() {
            @Override
            public void place(long cause, Order order) {
                throw new IllegalStateException("no book");
            }
        };
    }
}
