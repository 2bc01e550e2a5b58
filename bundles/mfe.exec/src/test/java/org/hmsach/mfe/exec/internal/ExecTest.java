package org.hmsach.mfe.exec.internal;

import static org.hmsach.api.order.Side.BUY;
import static org.hmsach.api.order.Side.SELL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Commands.VenueAnswer;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Given this tape, then exactly these commands and these questions to the venue. */
class ExecTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final FakeVenue venue = FakeVenue.internal("v");
    private final ExecStage stage = new ExecStage(venue);

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void opensTheVenueWithTheOpenOrdersInTheOrderTheyWereTold() {
        FakeDoor.Sent opening = stage.awaitOpening();
        Order first = order();
        Order second = order();
        long incarnation = stage.confirm(opening, first, second);

        assertEquals(new Commands.OpenVenue("v", true), opening.command());
        assertEquals("mfe.exec", opening.origin().module());
        assertEquals(
                List.of("open " + incarnation + " [" + label(first) + ", " + label(second) + "]"),
                venue.asked.await(1));
    }

    @Test
    void routesAcceptedOrdersAndRequestsAndTheEndOfLife() {
        FakeDoor.Sent opening = stage.awaitOpening();
        stage.confirm(opening);
        Order order = order();
        Order replacing = Samples.replacing(order, Samples.terms("5", "11"));
        Order successor = withReplaces(order());
        long placed = stage.order(OrderEventKind.NEW, order);
        long changed = stage.order(OrderEventKind.PENDING_REPLACE, replacing);
        long canceled = stage.order(OrderEventKind.PENDING_CANCEL, Samples.inState(order, OrderState.PENDING_CANCEL));
        stage.order(OrderEventKind.NEW, successor, opening.origin());
        stage.order(OrderEventKind.CANCELED, order, opening.origin());
        stage.order(OrderEventKind.REJECTED, Samples.inState(order(), OrderState.REJECTED));
        stage.order(OrderEventKind.NEW, Samples.accepted(Samples.market(BUY, "XYZ", "1"), "elsewhere"));
        long expired = stage.order(OrderEventKind.EXPIRED, order, Origin.ofModule("mfe.books"));

        assertEquals(
                List.of(
                        placed + " place " + label(order),
                        changed + " replace " + label(order),
                        canceled + " cancel " + label(order),
                        expired + " remove " + label(order)),
                venue.asked.await(5).subList(1, 5));
    }

    @Test
    void bringsEveryAnswerThroughTheDoorWithItsCause() {
        long incarnation = stage.open();
        Order buy = order();
        Order sell = order();
        stage.order(OrderEventKind.NEW, buy);
        long cause = stage.order(OrderEventKind.NEW, sell);
        venue.asked.await(3);
        venue.reports().traded(cause, new Venue.Match(sell.id(), buy.id(), "x1", 5, 7));
        venue.reports().filled(cause, buy.id(), "x2", 1, 2);
        venue.reports().canceled(cause, buy.id(), "why");
        venue.reports().replaced(0, sell.id());

        assertEquals(
                List.of(
                        new Commands.ReportTrade(cause(cause, 0), "v", incarnation, "x1", sell.id(), buy.id(), 5, 7),
                        new Commands.ReportFill(cause(cause, 1), "v", incarnation, "x2", buy.id(), 1, 2),
                        new Commands.ReportOrder(
                                cause(cause, 2), "v", incarnation, buy.id(), VenueAnswer.CANCELED, "why"),
                        new Commands.ReportOrder(
                                cause(cause, 3), "v", incarnation, sell.id(), VenueAnswer.REPLACED, "")),
                stage.awaitReports(4));
    }

    @Test
    void tellsTheOtherAnswersToo() {
        long incarnation = stage.open();
        Order order = order();
        long cause = stage.order(OrderEventKind.NEW, order);
        venue.asked.await(2);
        venue.reports().rejected(cause, order.id(), "r".repeat(300));
        venue.reports().cancelRejected(cause, order.id(), "late");
        venue.reports().replaceRejected(cause, order.id(), null);

        assertEquals(
                List.of(
                        answer(cause(cause, 0), incarnation, order, VenueAnswer.REJECTED, "r".repeat(200)),
                        answer(cause(cause, 1), incarnation, order, VenueAnswer.CANCEL_REJECTED, "late"),
                        answer(cause(cause, 2), incarnation, order, VenueAnswer.REPLACE_REJECTED, "")),
                stage.awaitReports(3));
    }

    @Test
    void leavesOrdersWaitingWhileTheirVenueIsAwayAndGivesThemToTheNextOne() {
        stage.open();
        venue.asked.await(1);
        stage.venues.clear();
        venue.asked.await("close"::equals, "the close");
        Order waiting = order();
        stage.order(OrderEventKind.NEW, waiting);
        assertFalse(stage.opensAgainWithin(A_WHILE));

        FakeVenue newer = FakeVenue.internal("v");
        stage.venues.put("v", newer);
        long incarnation = stage.open(waiting);
        assertEquals(List.of("open " + incarnation + " [" + label(waiting) + "]"), newer.asked.await(1));
        assertFalse(venue.asked.items().stream().anyMatch(a -> a.contains("place")));
    }

    @Test
    void movesToANewerServiceOfTheSameVenue() {
        stage.open();
        venue.asked.await(1);
        FakeVenue newer = FakeVenue.internal("v");
        stage.venues.put("v", newer);
        stage.open();
        newer.asked.await(1);
        long entry = stage.order(OrderEventKind.NEW, order());

        newer.asked.await(a -> a.startsWith(entry + " place"), "the order");
        assertEquals("close", venue.asked.await(2).get(1));
    }

    @Test
    void followsSeveralVenuesApart() {
        FakeVenue other = FakeVenue.internal("w");
        stage.venues.put("w", other);
        FakeDoor.Sent one = stage.awaitOpening();
        FakeDoor.Sent two = stage.awaitOpening();
        stage.confirm(one);
        stage.confirm(two);
        Order there = Samples.accepted(Samples.market(SELL, "XYZ", "1"), "w");
        long entry = stage.order(OrderEventKind.NEW, there);

        assertEquals(entry + " place " + label(there), other.asked.await(2).get(1));
        assertEquals(1, venue.asked.await(1).size());
    }

    @Test
    void yieldsToAnotherInstanceAndTakesOverWhenThatOneSaysGoodbye() {
        stage.open();
        venue.asked.await(1);
        stage.tape.append(ExecStage.anotherInstance(), h -> new org.hmsach.api.tape.Events.VenueOpened(h, "v", true));
        venue.asked.await("close"::equals, "the close");
        stage.order(OrderEventKind.NEW, order());
        assertFalse(stage.opensAgainWithin(A_WHILE));

        stage.tape.append(
                ExecStage.anotherInstance(), h -> new org.hmsach.api.tape.Events.Progressed(h, "mfe.exec", h.entry()));
        long incarnation = stage.open();
        venue.asked.await(("open " + incarnation + " []")::equals, "the new opening");
    }

    @Test
    void saysGoodbyeAfterItsLastReport() {
        long incarnation = stage.open();
        Order order = order();
        long cause = stage.order(OrderEventKind.NEW, order);
        venue.asked.await(2);
        venue.reports().canceled(cause, order.id(), "");
        stage.stop();

        assertEquals(
                List.of(
                        answer(cause(cause, 0), incarnation, order, VenueAnswer.CANCELED, ""),
                        new Commands.Progress("mfe.exec", cause)),
                stage.awaitReports(2));
        venue.asked.await("close"::equals, "the close");
    }

    static Cause cause(long entry, int index) {
        return new Cause("mfe.exec", entry, index);
    }

    private static Commands.ReportOrder answer(
            Cause cause, long incarnation, Order order, VenueAnswer answer, String detail) {
        return new Commands.ReportOrder(cause, "v", incarnation, order.id(), answer, detail);
    }

    private static Order order() {
        return Samples.accepted(Samples.limit(BUY, "XYZ", "5", "10"), "v");
    }

    private static String label(Order order) {
        return FakeVenue.label(order.id());
    }

    private static Order withReplaces(Order o) {
        return new Order(
                o.id(),
                o.request(),
                o.state(),
                o.venue(),
                o.priority(),
                o.filledE8(),
                o.filledValueE8(),
                o.reservedMinor(),
                o.reservedQtyE8(),
                o.replacement(),
                Optional.of(Samples.newId()),
                o.replacedBy(),
                o.refusal(),
                o.businessDate(),
                o.createdMs(),
                o.updatedMs());
    }
}
