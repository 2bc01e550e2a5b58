package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.contract.VenueReport.Kind;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** What mfe.exec relies on when it opens a {@link Venue} and routes orders to it. */
public abstract class VenueContract {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final long INCARNATION = 50;

    /** The venue to be tested, not yet opened. */
    protected abstract Venue venue();

    /**
     * Does what lets the resting order be executed in full: tells a quote that crosses it, or places an order of
     * somebody else against it.
     */
    protected abstract void meet(Venue.Session session, Order resting);

    /** Symbol of the sample orders. */
    protected String symbol() {
        return "IBM";
    }

    /** A limit price of buy orders that is far enough from the market to rest. */
    protected String restingPrice() {
        return "1.00";
    }

    @Test
    void namesItselfAndItsKind() {
        Venue venue = venue();
        assertTrue(venue.name().matches("[a-z0-9.-]{1,32}"), venue::name);
        assertNotNull(venue.kind());
    }

    @Test
    void cancelsARestingOrder() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            Order order = resting(TimeInForce.DAY);
            session.place(101, order);
            session.cancel(102, Samples.inState(order, OrderState.PENDING_CANCEL));
            assertEquals(102, reports.await(Kind.CANCELED, order.id()).cause());
        }
    }

    @Test
    void cancelsAnImmediateOrderThatMeetsNothing() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            for (TimeInForce immediate : List.of(TimeInForce.IOC, TimeInForce.FOK)) {
                Order order = resting(immediate);
                session.place(101, order);
                reports.await(Kind.CANCELED, order.id());
            }
        }
    }

    @Test
    void keepsAReplacementUnderItsNewId() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            Order order = resting(TimeInForce.DAY);
            session.place(101, order);
            Replacement terms = Samples.terms("7", restingPrice());
            session.replace(102, Samples.replacing(order, terms));
            assertEquals(102, reports.await(Kind.REPLACED, order.id()).cause());
            session.cancel(103, replacing(order, terms));
            reports.await(Kind.CANCELED, terms.newId());
        }
    }

    @Test
    void saysTooLateAboutAnOrderItDoesNotHave() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            Order order = resting(TimeInForce.DAY);
            session.cancel(101, Samples.inState(order, OrderState.PENDING_CANCEL));
            reports.await(Kind.CANCEL_REJECTED, order.id());
            session.replace(102, Samples.replacing(order, Samples.terms("7", restingPrice())));
            reports.await(Kind.REPLACE_REJECTED, order.id());
        }
    }

    @Test
    void forgetsARemovedOrderWithoutAWord() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            Order order = resting(TimeInForce.DAY);
            session.place(101, order);
            session.remove(102, order.id());
            assertQuietAbout(order.id(), reports);
            session.cancel(103, Samples.inState(order, OrderState.PENDING_CANCEL));
            reports.await(Kind.CANCEL_REJECTED, order.id());
        }
    }

    @Test
    void takesOverTheOrdersThatAreOpen() {
        VenueReports reports = new VenueReports();
        Order order = resting(TimeInForce.GTC);
        try (Venue.Session session = venue().open(INCARNATION, List.of(order), reports)) {
            session.cancel(101, Samples.inState(order, OrderState.PENDING_CANCEL));
            reports.await(Kind.CANCELED, order.id());
        }
    }

    @Test
    void answersTheRequestsThatWereLeftOpen() {
        VenueReports reports = new VenueReports();
        Order canceling = Samples.inState(resting(TimeInForce.GTC), OrderState.PENDING_CANCEL);
        Order changing = Samples.replacing(resting(TimeInForce.GTC), Samples.terms("7", restingPrice()));
        try (Venue.Session session = venue().open(INCARNATION, List.of(canceling, changing), reports)) {
            assertNotNull(session);
            reports.await(Kind.CANCELED, canceling.id());
            reports.await(Kind.REPLACED, changing.id());
        }
    }

    @Test
    void fillsAnOrderOnceAndNoMore() {
        VenueReports reports = new VenueReports();
        try (Venue.Session session = open(reports)) {
            Order order = resting(TimeInForce.DAY);
            session.place(101, order);
            meet(session, order);
            reports.all()
                    .await(
                            report -> reports.filledE8(order.id())
                                    >= order.request().qtyE8(),
                            "all fills of " + order.id());
            assertQuietAboutMore(order, reports);
            assertExecutionIds(order.id(), reports);
            session.cancel(150, Samples.inState(order, OrderState.PENDING_CANCEL));
            reports.await(Kind.CANCEL_REJECTED, order.id());
        }
    }

    @Test
    void saysNothingAfterItWasClosed() {
        VenueReports reports = new VenueReports();
        Order order = resting(TimeInForce.DAY);
        Venue.Session session = open(reports);
        session.place(101, order);
        session.close();
        reports.all().clear();
        assertFalse(reports.all().comes(report -> true, QUIET), () -> "told " + reports.all());
    }

    @Test
    void opensAgainUnderANewIncarnation() {
        Venue venue = venue();
        for (long incarnation : new long[] {INCARNATION, INCARNATION + 100}) {
            VenueReports reports = new VenueReports();
            Order order = resting(TimeInForce.GTC);
            try (Venue.Session session = venue.open(incarnation, List.of(order), reports)) {
                session.cancel(incarnation + 1, Samples.inState(order, OrderState.PENDING_CANCEL));
                reports.await(Kind.CANCELED, order.id());
            }
        }
    }

    /** A buy order of 10 that rests, or is canceled at once when it is immediate. */
    protected final Order resting(TimeInForce timeInForce) {
        OrderRequest request = Samples.limit(Side.BUY, symbol(), "10", restingPrice(), timeInForce);
        return Samples.accepted(request, venue().name());
    }

    private Venue.Session open(VenueReports reports) {
        return venue().open(INCARNATION, List.of(), reports);
    }

    private Order replacing(Order old, Replacement terms) {
        OrderRequest request = Samples.limit(Side.BUY, symbol(), "7", restingPrice());
        Order order = Samples.accepted(request, old.venue());
        return new Order(
                terms.newId(),
                request,
                OrderState.PENDING_CANCEL,
                order.venue(),
                order.priority(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.of(old.id()),
                Optional.empty(),
                Optional.empty(),
                order.businessDate(),
                order.createdMs(),
                order.updatedMs());
    }

    private static void assertQuietAbout(UUID order, VenueReports reports) {
        assertFalse(
                reports.all().comes(report -> report.order().equals(order), QUIET),
                () -> "told " + reports.all().items());
    }

    private static void assertQuietAboutMore(Order order, VenueReports reports) {
        reports.all()
                .comes(report -> reports.filledE8(order.id()) > order.request().qtyE8(), QUIET);
        assertEquals(Scale8.text(order.request().qtyE8()), Scale8.text(reports.filledE8(order.id())));
    }

    private static void assertExecutionIds(UUID order, VenueReports reports) {
        Set<String> seen = new HashSet<>();
        reports.all().items().stream()
                .filter(report -> report.kind() == Kind.FILLED && report.order().equals(order))
                .forEach(report -> {
                    assertTrue(report.execId().matches("[\\x21-\\x7e]{1,64}"), report::execId);
                    assertTrue(seen.add(report.execId()), () -> "execution id twice: " + report.execId());
                    assertTrue(report.qtyE8() > 0 && report.priceE8() > 0, report::toString);
                });
    }
}
