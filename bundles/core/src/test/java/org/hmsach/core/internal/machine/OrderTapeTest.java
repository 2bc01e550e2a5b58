package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderTapeTest {
    private final House house = new House();
    private final Journal journal = house.journal;

    @AfterEach
    void replaysEqually() {
        journal.restart();
        journal.assertReplaysEqually();
    }

    @Test
    void aBuyReservesPriceTimesQuantityAndFee() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 10, "10.01");
        UUID id = house.names.name(
                "buy", journal.as(House.PERSON, House.place(r, 25)).subject().get());
        house.then("NEW buy open 10 NEW reserves 10035");
        assertEquals(100_000 - 10_035, house.account(house.alice).buyingPowerMinor());
        assertEquals(1, house.account(house.alice).openOrders());
        assertEquals(OrderState.NEW, journal.machine().order(id).get().state());
    }

    @Test
    void aMarketBuyReservesTheCollaredPrice() {
        house.order("buy", House.market(house.limit(house.alice, Side.BUY, "ACME", 10, "1")));
        house.then("NEW buy open 10 NEW reserves 10500");
    }

    @Test
    void aMarketOrderWithoutReferencePriceIsRejected() {
        OrderRequest r = House.market(house.limit(house.alice, Side.BUY, "ACME", 10, "1"));
        Answer answer = journal.as(House.PERSON, new Commands.PlaceOrder(r, 1, Optional.empty(), 0, 0, List.of()));
        assertEquals(Reason.NO_REFERENCE_PRICE, answer.refusal().get().reason());
        house.names.name("buy", answer.subject().get());
        house.then("REJECTED buy open 10 REJECTED denied core.reference_price");
    }

    @Test
    void moreThanBuyingPowerIsRejectedWithValueAndLimit() {
        Answer answer = house.send(house.limit(house.alice, Side.BUY, "ACME", 100, "10.01"));
        assertEquals(
                new Refused(
                        Reason.INSUFFICIENT_BUYING_POWER,
                        "core.buying_power",
                        "the order needs 1001.00, the buying power is 1000.00",
                        Optional.of("1001.00"),
                        Optional.of("1000.00")),
                answer.refusal().get());
        house.names.name("buy", answer.subject().get());
        house.then("REJECTED buy open 100 REJECTED denied core.buying_power");
        assertEquals(0, house.account(house.alice).reservedMinor());
    }

    @Test
    void nothingIsSoldThatIsNotHeldOrIsSoldAlready() {
        house.holds(house.alice, "ACME", 10, "10");
        house.sell("first", house.alice, 7, "11");
        house.then("NEW first open 7 NEW keeps 7");
        Answer answer = house.send(house.limit(house.alice, Side.SELL, "ACME", 4, "11"));
        assertEquals(Reason.INSUFFICIENT_POSITION, answer.refusal().get().reason());
        assertEquals(Optional.of("3"), answer.refusal().get().limit());
    }

    @Test
    void theSameIdWithTheSameBodyGetsTheFirstOrderAgain() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 10, "10");
        UUID first = house.order("buy", r);
        house.forget();
        Answer again = house.send(r);
        assertEquals(new Answer(Optional.of(first), true, Optional.empty()), again);
        house.then();
        assertEquals(10_000, house.account(house.alice).reservedMinor());
    }

    @Test
    void theSameIdWithAnotherBodyIsRefusedAndMakesNoOrder() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 10, "10");
        house.order("buy", r);
        house.forget();
        OrderRequest other = House.with(r, TimeInForce.GTC);
        journal.refused(Reason.ID_REUSED, house.send(other));
        house.then("REFUSED PlaceOrder ID_REUSED");
    }

    @Test
    void aRejectedOrderIsAnsweredTheSameWhenSentAgain() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 1000, "10");
        Answer first = house.send(r);
        Answer again = house.send(r);
        assertTrue(again.duplicate());
        assertEquals(first.refusal(), again.refusal());
        assertEquals(first.subject(), again.subject());
    }

    @Test
    void clientIdsAreForgottenFiveBusinessDaysAfterTheOrderEnded() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 10, "10");
        UUID first = house.order("buy", r);
        for (int day = 0; day < 6; day++) {
            assertEquals(Optional.of(first), house.send(r).subject(), "day " + day);
            journal.accepted(new Commands.CloseSession(House.MONDAY.plusDays(day)));
            journal.accepted(
                    new Commands.OpenBusinessDate(House.MONDAY.plusDays(day + 1), House.MONDAY.plusDays(day + 2)));
        }
        assertEquals(List.of(first), journal.machine().touched().forgottenOrders());
        Answer anew = house.send(r);
        assertTrue(!anew.duplicate() && !anew.subject().equals(Optional.of(first)));
    }

    @Test
    void strangersReadersAndModulesMayNotPlace() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 1, "10");
        UUID reader = new UUID(2, 2);
        journal.accepted(new Commands.GrantAccess(reader, house.alice, Role.COMPLIANCE));
        journal.refused(Reason.NOT_AUTHORISED, journal.as(new UUID(3, 3), House.place(r, 0)));
        journal.refused(Reason.NOT_AUTHORISED, journal.as(reader, House.place(r, 0)));
        journal.refused(Reason.NOT_AUTHORISED, journal.as(Origin.NOBODY, House.place(r, 0)));
        OrderRequest nowhere = house.limit(new UUID(8, 8), Side.BUY, "ACME", 1, "10");
        journal.refused(Reason.NOT_FOUND, house.send(nowhere));
        house.then(
                "REFUSED PlaceOrder NOT_AUTHORISED",
                "REFUSED PlaceOrder NOT_AUTHORISED",
                "REFUSED PlaceOrder NOT_AUTHORISED",
                "REFUSED PlaceOrder NOT_FOUND");
        journal.accepted(new Commands.RevokeAccess(House.PERSON, house.alice));
        journal.refused(Reason.NOT_AUTHORISED, house.send(r));
    }

    @Test
    void aRequiredRuleWithoutVerdictRefusesByName() {
        journal.accepted(new Commands.SetRequiredRules(List.of("gov.collar"), false));
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 1, "10");
        Refused missing = house.send(r).refusal().get();
        assertEquals(Reason.GOV_CHECK_MISSING, missing.reason());
        assertEquals("gov.collar", missing.rule());
        OrderRequest s = house.limit(house.alice, Side.BUY, "ACME", 1, "10");
        Verdict allow = Verdict.allow("gov.collar", "7", Map.of("price", "10"));
        Verdict late = Verdict.unanswered("acme.shares", Reason.GOV_CHECK_TIMEOUT, "no answer in 250 ms");
        Commands.PlaceOrder both =
                new Commands.PlaceOrder(s, 1, Optional.empty(), 10 * House.ONE, 0, List.of(allow, late));
        assertEquals(
                Reason.GOV_CHECK_TIMEOUT,
                journal.as(House.PERSON, both).refusal().get().reason());
        OrderRequest t = house.limit(house.alice, Side.BUY, "ACME", 1, "10");
        Commands.PlaceOrder fine = new Commands.PlaceOrder(t, 1, Optional.empty(), 10 * House.ONE, 0, List.of(allow));
        assertEquals(Optional.empty(), journal.as(House.PERSON, fine).refusal());
    }

    @Test
    void everyLimitRefusesByItsName() {
        house.deposit(house.alice, 10_000_000_00L);
        journal.accepted(
                new Commands.SetLimits(Optional.of(house.alice), new Limits(500_00, 60 * House.ONE, 2, 3, 60_000, 0)));
        assertEquals("limit.max_order_notional", rule(house.limit(house.alice, Side.BUY, "ACME", 51, "10")));
        assertEquals("limit.max_order_qty", rule(house.limit(house.alice, Side.BUY, "ACME", 61, "1")));
        house.buy("a", house.alice, 1, "10");
        house.buy("b", house.alice, 1, "10");
        assertEquals("limit.open_orders", rule(house.limit(house.alice, Side.BUY, "ACME", 1, "10")));
        journal.accepted(
                new Commands.SetLimits(Optional.of(house.alice), new Limits(500_00, 60 * House.ONE, 9, 2, 60_000, 0)));
        assertEquals("limit.order_rate", rule(house.limit(house.alice, Side.BUY, "ACME", 1, "10")));
        journal.nowMs += 60_000;
        journal.accepted(
                new Commands.SetLimits(Optional.empty(), new Limits(500_00, 60 * House.ONE, 9, 90, 60_000, 1_000)));
        house.send(house.limit(house.bob, Side.BUY, "ACME", 1, "10"));
        assertEquals("limit.duplicate_order", rule(house.limit(house.bob, Side.BUY, "ACME", 1, "10")));
        journal.nowMs += 1_000;
        assertEquals(
                Optional.empty(),
                house.send(house.limit(house.bob, Side.BUY, "ACME", 1, "10")).refusal());
    }

    private String rule(OrderRequest r) {
        return house.send(r).refusal().map(Refused::rule).orElse("none");
    }

    @Test
    void shapesThatTheInstrumentDoesNotHaveAreRejected() {
        assertEquals("core.tick", rule(house.limit(house.alice, Side.BUY, "ACME", 1, "10.001")));
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 1, "10");
        OrderRequest fraction = new OrderRequest(
                r.account(), "f", "ACME", r.side(), r.type(), r.timeInForce(), 1, OptionalLong.of(10 * House.ONE));
        assertEquals("core.lot", rule(fraction));
        OrderRequest huge = new OrderRequest(
                r.account(),
                "h",
                "ACME",
                r.side(),
                r.type(),
                r.timeInForce(),
                Long.MAX_VALUE / House.ONE * House.ONE,
                OptionalLong.of(Long.MAX_VALUE / 1_000_000 * 1_000_000));
        assertEquals("core.size", rule(huge));
        assertEquals("symbol", rule(house.limit(house.alice, Side.BUY, "NONE", 1, "10")));
    }

    @Test
    void previewSaysWhatPlacingWouldSayAndChangesNothing() {
        OrderRequest r = house.limit(house.alice, Side.BUY, "ACME", 100, "10.01");
        String before = journal.machine().stateSha256();
        List<Verdict> preview = journal.machine().evaluate(House.place(r, 0));
        assertEquals(before, journal.machine().stateSha256());
        Verdict power = preview.stream()
                .filter(v -> v.rule().equals("core.buying_power"))
                .findFirst()
                .get();
        assertEquals(Map.of("value", "1001.00", "limit", "1000.00"), power.inputs());
        assertEquals(house.send(r).refusal().get().detail(), power.detail());
        assertTrue(preview.stream()
                .filter(Verdict::allowed)
                .allMatch(v -> v.inputs().size() == 2));
    }

    @Test
    void aRefusedCommandChangesNothingButEntryAndTime() {
        UUID buy = house.buy("buy", house.alice, 10, "10");
        List<byte[]> before = state();
        journal.refused(Reason.NOT_FOUND, journal.as(House.PERSON, new Commands.CancelOrder(new UUID(4, 4))));
        journal.refused(Reason.NOT_AUTHORISED, journal.as(new UUID(6, 6), new Commands.CancelOrder(buy)));
        journal.refused(Reason.ILLEGAL_TRANSITION, house.report(buy, Commands.VenueAnswer.REPLACED));
        journal.refused(Reason.ILLEGAL_TRANSITION, house.report(buy, Commands.VenueAnswer.CANCEL_REJECTED));
        journal.refused(Reason.INVALID, house.replace(buy, OptionalLong.of(0), ""));
        List<byte[]> after = state();
        for (int i = 1; i < before.size(); i++) {
            assertTrue(Arrays.equals(before.get(i), after.get(i)), "row " + i);
        }
        assertEquals(before.size(), after.size());
    }

    private List<byte[]> state() {
        return Journal.snapshot(journal.machine());
    }
}
