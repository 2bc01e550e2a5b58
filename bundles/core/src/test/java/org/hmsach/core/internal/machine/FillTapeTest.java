package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FillTapeTest {
    private final House house = new House();
    private final Journal journal = house.journal;

    @AfterEach
    void replaysEqually() {
        journal.restart();
        journal.assertReplaysEqually();
    }

    @Test
    void aTradeBooksBothSidesInOnePosting() {
        house.holds(house.bob, "ACME", 10, "10");
        UUID sell = house.sell("sell", house.bob, 10, "10.50");
        UUID buy = house.buy("buy", house.alice, 4, "11");
        house.forget();
        house.trade(buy, sell, 4, "10.50");
        house.then(
                "FILL buy open 0 FILLED fill 4@10.5=4200",
                "PARTIAL_FILL sell open 6 PARTIALLY_FILLED keeps 6 fill 4@10.5=4200",
                "TRADE alice.cash.unsettled USD -4200, alice.position.unsettled ACME 4,"
                        + " bob.cash.unsettled USD 4200, bob.position.unsettled ACME -4",
                "TRADE ACME 4@10.5");
        Account alice = house.account(house.alice);
        assertEquals(95_800, alice.buyingPowerMinor());
        assertEquals(0, alice.reservedMinor());
        assertEquals(
                new Position("ACME", 4 * House.ONE, 0, 0, 4_200, 0),
                alice.positions().get(0));
        Position bobs = house.account(house.bob).positions().get(0);
        assertEquals(6_000, bobs.totalCostMinor());
        assertEquals(200, bobs.realisedMinor());
    }

    @Test
    void aTradeIsRefusedAsAWhole() {
        house.holds(house.bob, "ACME", 10, "10");
        UUID sell = house.sell("sell", house.bob, 5, "10");
        UUID buy = house.buy("buy", house.alice, 9, "11");
        house.forget();
        journal.refused(Reason.INVALID, house.trade(buy, sell, 6, "10"));
        journal.refused(Reason.INVALID, house.trade(buy, sell, 5, "9.99"));
        journal.refused(Reason.INVALID, house.trade(buy, sell, 5, "11.01"));
        journal.refused(Reason.INVALID, house.trade(buy, buy, 5, "10"));
        journal.refused(Reason.NOT_FOUND, house.trade(buy, new UUID(1, 5), 5, "10"));
        house.then(
                "REFUSED ReportTrade INVALID",
                "REFUSED ReportTrade INVALID",
                "REFUSED ReportTrade INVALID",
                "REFUSED ReportTrade INVALID",
                "REFUSED ReportTrade NOT_FOUND");
    }

    @Test
    void anExecutionOrACauseIsTakenOnce() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 10, "10"));
        house.forget();
        Cause cause = house.cause();
        Commands.ReportFill fill = fill(cause, "e1", buy, 3);
        journal.send(fill);
        house.then(
                "PARTIAL_FILL buy open 7 PARTIALLY_FILLED reserves 7000 fill 3@10=3000",
                "TRADE alice.cash.unsettled USD -3000, alice.position.unsettled BETA 3,"
                        + " house.street USD 3000, house.street BETA -3",
                "TRADE BETA 3@10");
        journal.refused(Reason.ALREADY_DONE, fill);
        journal.refused(Reason.ALREADY_DONE, fill(house.cause(), "e1", buy, 3));
        journal.refused(Reason.ALREADY_DONE, fill(cause, "e2", buy, 3));
        house.then(
                "REFUSED ReportFill ALREADY_DONE",
                "REFUSED ReportFill ALREADY_DONE",
                "REFUSED ReportFill ALREADY_DONE");
        journal.accepted(new Commands.Progress("mfe.exec", journal.machine().entry()));
        journal.refused(Reason.ALREADY_DONE, fill(cause, "e3", buy, 3));
        assertEquals(
                3 * House.ONE, house.account(house.alice).positions().get(0).qtyE8());
    }

    private static Commands.ReportFill fill(Cause cause, String execId, UUID order, long shares) {
        return new Commands.ReportFill(cause, "street", 0, execId, order, shares * House.ONE, 10 * House.ONE);
    }

    @Test
    void whatDoesNotFitAnExternalOrderGoesToTheBreakAccount() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 10, "10"));
        house.forget();
        house.fill(buy, 12, "10");
        house.then(
                "FILL buy open 0 FILLED fill 10@10=10000",
                "TRADE alice.cash.unsettled USD -10000, alice.position.unsettled BETA 10,"
                        + " house.street USD 10000, house.street BETA -10",
                "BREAK house.street USD 2000, house.street BETA -2, house.break USD -2000, house.break BETA 2",
                "TRADE BETA 12@10");
        house.fill(buy, 1, "10");
        house.then(
                "BREAK house.street USD 1000, house.street BETA -1, house.break USD -1000, house.break BETA 1",
                "TRADE BETA 1@10");
    }

    @Test
    void aDerivedBookCannotOverfillAndOldIncarnationsAreStale() {
        UUID buy = house.buy("buy", house.alice, 5, "10");
        house.forget();
        journal.refused(
                Reason.INVALID,
                new Commands.ReportFill(
                        house.cause(), "crossing", house.crossing, "a", buy, 6 * House.ONE, 10 * House.ONE));
        long old = journal.incarnations.get("crossing");
        journal.send(new Commands.OpenVenue("crossing", true));
        journal.refused(
                Reason.STALE_INCARNATION,
                new Commands.ReportFill(house.cause(), "crossing", old, "a", buy, House.ONE, 10 * House.ONE));
        house.then(
                "REFUSED ReportFill INVALID",
                "VENUE crossing true",
                "RESUMED buy open 5 NEW reserves 5000",
                "READY crossing 1",
                "REFUSED ReportFill STALE_INCARNATION");
    }

    @Test
    void aVenueOpensWithItsOrdersInPriorityOrder() {
        UUID a = house.buy("a", house.alice, 5, "10");
        house.buy("b", house.alice, 5, "10");
        UUID c = house.buy("c", house.alice, 5, "10");
        UUID a2 = house.names.name(
                "a2", house.replace(a, OptionalLong.empty(), "10.10").subject().get());
        house.report(a, Commands.VenueAnswer.REPLACED);
        UUID c2 = house.names.name(
                "c2", house.replace(c, OptionalLong.of(4), "").subject().get());
        house.report(c, Commands.VenueAnswer.REPLACED);
        house.cancel(a2);
        house.forget();
        journal.send(new Commands.OpenVenue("crossing", true));
        house.then(
                "VENUE crossing true",
                "RESUMED b open 5 NEW reserves 5000",
                "RESUMED c2 open 4 NEW reserves 4000",
                "RESUMED a2 open 5 PENDING_CANCEL reserves 5050",
                "READY crossing 3");
        assertEquals(OrderState.NEW, journal.machine().order(c2).get().state());
    }

    @Test
    void aCancelIsARequestThatTheVenueAnswers() {
        house.holds(house.bob, "ACME", 10, "10");
        UUID sell = house.sell("sell", house.bob, 10, "10");
        UUID buy = house.buy("buy", house.alice, 4, "10");
        house.forget();
        house.cancel(sell);
        house.trade(buy, sell, 4, "10");
        house.report(sell, Commands.VenueAnswer.CANCEL_REJECTED);
        house.cancel(sell);
        house.report(sell, Commands.VenueAnswer.CANCELED);
        house.then(
                "PENDING_CANCEL sell open 10 PENDING_CANCEL keeps 10",
                "FILL buy open 0 FILLED fill 4@10=4000",
                "PARTIAL_FILL sell open 6 PENDING_CANCEL keeps 6 fill 4@10=4000",
                "TRADE alice.cash.unsettled USD -4000, alice.position.unsettled ACME 4,"
                        + " bob.cash.unsettled USD 4000, bob.position.unsettled ACME -4",
                "TRADE ACME 4@10",
                "ORDER_CANCEL_REJECTED sell open 6 PARTIALLY_FILLED keeps 6",
                "PENDING_CANCEL sell open 6 PENDING_CANCEL keeps 6",
                "CANCELED sell open 6 CANCELED");
        journal.refused(Reason.ILLEGAL_TRANSITION, house.cancel(sell));
    }

    @Test
    void aFillWinsOverAPendingCancel() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 5, "10"));
        house.cancel(buy);
        house.cancel(buy);
        house.forget();
        house.fill(buy, 5, "9");
        house.then(
                "FILL buy open 0 FILLED fill 5@9=4500",
                "TRADE alice.cash.unsettled USD -4500, alice.position.unsettled BETA 5,"
                        + " house.street USD 4500, house.street BETA -5",
                "TRADE BETA 5@9");
        journal.refused(Reason.ILLEGAL_TRANSITION, house.report(buy, Commands.VenueAnswer.CANCELED));
    }

    @Test
    void aReplacementReservesTheLargerOfBothUntilItIsAnswered() {
        UUID buy = house.buy("buy", house.alice, 10, "10");
        house.forget();
        UUID next = house.names.name(
                "next", house.replace(buy, OptionalLong.of(20), "9").subject().get());
        house.report(buy, Commands.VenueAnswer.REPLACE_REJECTED);
        UUID last = house.names.name(
                "last", house.replace(buy, OptionalLong.of(20), "11").subject().get());
        house.report(buy, Commands.VenueAnswer.REPLACED);
        house.then(
                "PENDING_REPLACE buy open 10 PENDING_REPLACE reserves 18000",
                "ORDER_REPLACE_REJECTED buy open 10 NEW reserves 10000",
                "PENDING_REPLACE buy open 10 PENDING_REPLACE reserves 22000",
                "REPLACED buy open 10 REPLACED",
                "NEW last open 20 NEW reserves 22000");
        assertEquals(OrderState.REPLACED, journal.machine().order(buy).get().state());
        assertEquals(Optional.of(buy), journal.machine().order(last).get().replaces());
        assertEquals(Optional.empty(), journal.machine().order(next));
    }

    @Test
    void aReplacementCountsWhatIsFilled() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 10, "10"));
        house.fill(buy, 3, "10");
        UUID next = house.names.name(
                "next", house.replace(buy, OptionalLong.of(8), "").subject().get());
        house.forget();
        house.fill(buy, 1, "10");
        house.report(buy, Commands.VenueAnswer.REPLACED);
        house.then(
                "PARTIAL_FILL buy open 6 PENDING_REPLACE reserves 6000 fill 1@10=1000",
                "TRADE alice.cash.unsettled USD -1000, alice.position.unsettled BETA 1,"
                        + " house.street USD 1000, house.street BETA -1",
                "TRADE BETA 1@10",
                "REPLACED buy open 6 REPLACED",
                "NEW next open 4 NEW reserves 4000");
        assertEquals(
                journal.machine().order(buy).get().priority(),
                journal.machine().order(next).get().priority());
    }

    @Test
    void aReplacementThatIsFilledUpInTheMeantimeLeavesNothing() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 10, "10"));
        house.replace(buy, OptionalLong.of(4), "");
        house.fill(buy, 4, "10");
        house.forget();
        house.report(buy, Commands.VenueAnswer.REPLACED);
        house.then("CANCELED buy open 6 CANCELED");
    }

    @Test
    void aReplacementThatARuleRefusesLeavesTheOrder() {
        UUID buy = house.buy("buy", house.alice, 10, "10");
        house.forget();
        Answer answer = house.replace(buy, OptionalLong.of(101), "");
        assertEquals(Reason.INSUFFICIENT_BUYING_POWER, answer.refusal().get().reason());
        house.then("ORDER_REPLACE_REJECTED buy open 10 NEW reserves 10000 denied core.buying_power");
        house.cancel(buy);
        journal.refused(Reason.ILLEGAL_TRANSITION, house.replace(buy, OptionalLong.of(5), ""));
    }

    @Test
    void theRestOfAnImmediateOrderIsCanceledByTheVenue() {
        UUID buy =
                house.order("buy", House.with(house.limit(house.alice, Side.BUY, "BETA", 10, "10"), TimeInForce.IOC));
        house.fill(buy, 4, "10");
        house.forget();
        house.report(buy, Commands.VenueAnswer.CANCELED);
        house.then("CANCELED buy open 6 CANCELED");
        assertEquals(0, house.account(house.alice).reservedMinor());
    }

    @Test
    void aVenueMayRefuseANewOrderOnly() {
        UUID fresh = house.buy("fresh", house.alice, 1, "10");
        UUID pending = house.buy("pending", house.alice, 1, "10");
        house.cancel(pending);
        house.forget();
        house.report(fresh, Commands.VenueAnswer.REJECTED);
        house.report(pending, Commands.VenueAnswer.REJECTED);
        house.then("REJECTED fresh open 1 REJECTED", "CANCELED pending open 1 CANCELED");
    }
}
