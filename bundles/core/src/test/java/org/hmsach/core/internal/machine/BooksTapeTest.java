package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.codec.Genesis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BooksTapeTest {
    private static final LocalDate TUESDAY = House.MONDAY.plusDays(1);
    private static final LocalDate WEDNESDAY = House.MONDAY.plusDays(2);

    private final House house = new House();
    private final Journal journal = house.journal;

    @AfterEach
    void replaysEqually() {
        journal.restart();
        journal.assertReplaysEqually();
    }

    private void nextDay() {
        LocalDate today = journal.machine().businessDate().get();
        journal.send(new Commands.CloseSession(today));
        journal.send(new Commands.OpenBusinessDate(today.plusDays(1), today.plusDays(2)));
    }

    private Commands.BookFee fee(UUID order, long minor) {
        return new Commands.BookFee(house.cause(), order, "f1", minor, "commission");
    }

    private UUID boughtWithFee() {
        var r = house.limit(house.alice, Side.BUY, "BETA", 10, "10");
        UUID buy = house.names.name(
                "buy", journal.as(House.PERSON, House.place(r, 50)).subject().get());
        house.fill(buy, 10, "9.99");
        return buy;
    }

    @Test
    void theFeeOfAFilledOrderStaysReservedUntilItIsBooked() {
        UUID buy = boughtWithFee();
        assertEquals(50, house.account(house.alice).reservedMinor());
        house.forget();
        journal.send(fee(buy, 35));
        house.then("FEE alice.cash.unsettled USD -35, house.fees USD 35");
        assertEquals(15, house.account(house.alice).reservedMinor());
        journal.accepted(new Commands.Progress("mfe.books", journal.machine().entry()));
        assertEquals(0, house.account(house.alice).reservedMinor());
        assertEquals(100_000 - 9_990 - 35, house.account(house.alice).buyingPowerMinor());
    }

    @Test
    void theNextBusinessDateReleasesWhatNobodyBooked() {
        boughtWithFee();
        nextDay();
        assertEquals(0, house.account(house.alice).reservedMinor());
    }

    @Test
    void aFeeIsNeverRefusedForLackOfCash() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 100, "10"));
        house.fill(buy, 100, "10");
        journal.accepted(fee(buy, 70));
        assertEquals(-70, house.account(house.alice).buyingPowerMinor());
        journal.refused(Reason.INVALID, fee(buy, 0));
        journal.refused(Reason.NOT_FOUND, fee(new UUID(4, 4), 1));
    }

    @Test
    void tradesAndFeesSettleOnTheirDateAndNotBefore() {
        UUID buy = boughtWithFee();
        journal.accepted(fee(buy, 50));
        house.forget();
        journal.send(new Commands.Settle(house.cause(), House.MONDAY, 10));
        journal.refused(Reason.INVALID, new Commands.Settle(house.cause(), TUESDAY, 10));
        house.then("SETTLED 0 left 0", "REFUSED Settle INVALID");
        assertEquals(Map.of(TUESDAY, 2), journal.machine().openObligations());
        nextDay();
        house.forget();
        journal.send(new Commands.Settle(house.cause(), TUESDAY, 1));
        journal.send(new Commands.Settle(house.cause(), TUESDAY, 1));
        house.then(
                "SETTLEMENT alice.cash.unsettled USD 9990, alice.cash.settled USD -9990,"
                        + " alice.position.unsettled BETA -10, alice.position.settled BETA 10,"
                        + " house.street USD -9990, house.bank USD 9990,"
                        + " house.street BETA 10, house.custody BETA -10",
                "SETTLED 1 left 1",
                "SETTLEMENT alice.cash.unsettled USD 50, alice.cash.settled USD -50",
                "SETTLED 1 left 0");
        Account alice = house.account(house.alice);
        assertEquals(100_000 - 9_990 - 50, alice.settledMinor());
        assertEquals(0, alice.unsettledMinor());
        assertEquals(10 * House.ONE, alice.positions().get(0).settledE8());
    }

    @Test
    void aTradeBetweenCustomersSettlesWithoutTheStreet() {
        house.holds(house.bob, "ACME", 5, "10");
        UUID sell = house.sell("sell", house.bob, 5, "10");
        UUID buy = house.buy("buy", house.alice, 5, "10");
        house.trade(buy, sell, 5, "10");
        nextDay();
        house.forget();
        journal.send(new Commands.Settle(house.cause(), TUESDAY, 10));
        house.then(
                "SETTLEMENT bob.cash.unsettled USD 5000, bob.cash.settled USD -5000,"
                        + " bob.position.unsettled ACME -5, bob.position.settled ACME 5,"
                        + " house.street USD -5000, house.bank USD 5000,"
                        + " house.street ACME 5, house.custody ACME -5",
                "SETTLEMENT alice.cash.unsettled USD 5000, alice.cash.settled USD -5000,"
                        + " alice.position.unsettled ACME -5, alice.position.settled ACME 5",
                "SETTLEMENT bob.cash.unsettled USD -5000, bob.cash.settled USD 5000,"
                        + " bob.position.unsettled ACME 5, bob.position.settled ACME -5",
                "SETTLED 3 left 0");
        assertEquals(100_000, house.account(house.bob).settledMinor());
    }

    @Test
    void dayOrdersExpireAtTheCloseAndOthersStay() {
        house.buy("day", house.alice, 1, "10");
        house.order("gtc", House.with(house.limit(house.alice, Side.BUY, "ACME", 1, "10"), TimeInForce.GTC));
        house.forget();
        journal.send(new Commands.CloseSession(House.MONDAY));
        house.then("EXPIRED day open 1 EXPIRED", "SESSION 2026-01-05 closed");
        Answer late = house.send(house.limit(house.alice, Side.BUY, "ACME", 1, "10"));
        assertEquals(Reason.SESSION_CLOSED, late.refusal().get().reason());
        journal.refused(Reason.ILLEGAL_TRANSITION, new Commands.CloseSession(House.MONDAY));
        journal.refused(Reason.INVALID, new Commands.OpenBusinessDate(House.MONDAY, TUESDAY));
        journal.refused(Reason.INVALID, new Commands.OpenBusinessDate(TUESDAY, TUESDAY));
        journal.accepted(new Commands.OpenBusinessDate(TUESDAY, WEDNESDAY));
        journal.refused(Reason.ILLEGAL_TRANSITION, new Commands.OpenBusinessDate(WEDNESDAY, WEDNESDAY.plusDays(1)));
        assertEquals(1, house.account(house.alice).openOrders());
    }

    @Test
    void closingMarksSetTheLastDaysEquity() {
        UUID buy = house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 10, "10"));
        house.fill(buy, 10, "10");
        house.forget();
        journal.send(marks("BETA", 12, false));
        house.then("MARK BETA 12");
        assertEquals(0, house.account(house.alice).lastDayEquityMinor());
        journal.send(marks("BETA", 11, true));
        house.then("MARK BETA 11 closing");
        assertEquals(101_000, house.account(house.alice).lastDayEquityMinor());
        journal.refused(Reason.UNKNOWN_SYMBOL, marks("NONE", 1, true));
    }

    private Command marks(String symbol, long price, boolean closing) {
        ReferencePrice reference = new ReferencePrice(price * House.ONE, "close", 1);
        return new Commands.RecordMarks(house.cause(), List.of(new Commands.Mark(symbol, reference)), closing);
    }

    @Test
    void anOutgoingTransferHoldsItsAmountUntilItEnds() {
        Answer answer = journal.withKey(House.PERSON, "key-1", withdraw(600_00));
        UUID transfer = answer.subject().get();
        assertEquals(600_00, house.account(house.alice).heldMinor());
        journal.refused(Reason.INSUFFICIENT_BUYING_POWER, withdraw(400_01));
        journal.refused(Reason.ILLEGAL_TRANSITION, House.update(transfer, TransferState.COMPLETE));
        journal.accepted(House.update(transfer, TransferState.PENDING));
        journal.accepted(House.update(transfer, TransferState.SENT_TO_CLEARING));
        journal.send(House.update(transfer, TransferState.COMPLETE));
        journal.send(House.update(transfer, TransferState.RETURNED));
        house.then(
                "TRANSFER OUTGOING COMPLETE",
                "TRANSFER alice.cash.settled USD -60000, house.bank USD 60000",
                "TRANSFER OUTGOING RETURNED",
                "TRANSFER_RETURN alice.cash.settled USD 60000, house.bank USD -60000");
        assertEquals(100_000, house.account(house.alice).settledMinor());
        assertEquals(0, house.account(house.alice).heldMinor());
    }

    private Command withdraw(long minor) {
        return new Commands.RequestTransfer(
                house.alice, Direction.OUTGOING, new Money(Currency.USD, minor), "operator");
    }

    @Test
    void aRejectedTransferFreesItsHold() {
        UUID transfer = journal.accepted(withdraw(100_00));
        journal.accepted(House.update(transfer, TransferState.REJECTED));
        assertEquals(0, house.account(house.alice).heldMinor());
        assertEquals(100_000, house.account(house.alice).withdrawableMinor());
    }

    @Test
    void aKeyMakesAWriteHappenOnce() {
        Answer first = journal.withKey(House.PERSON, "k", withdraw(100_00));
        Answer again = journal.withKey(House.PERSON, "k", withdraw(100_00));
        assertEquals(new Answer(first.subject(), true, Optional.empty()), again);
        journal.refused(Reason.ID_REUSED, journal.withKey(House.PERSON, "k", withdraw(200_00)));
        Answer other = journal.withKey(new UUID(2, 2), "k", withdraw(100_00));
        assertTrue(!other.duplicate());
        assertEquals(200_00, house.account(house.alice).heldMinor());
    }

    @Test
    void haltsRestrictionsAndKillSwitchesStopOrders() {
        journal.send(new Commands.SetInstrumentStatus("ACME", InstrumentStatus.HALTED));
        assertEquals("limit.halt", denied());
        journal.send(new Commands.SetInstrumentStatus("ACME", InstrumentStatus.ACTIVE));
        journal.send(new Commands.SetRestriction(Optional.of(house.alice), "ACME", true));
        assertEquals("limit.restricted", denied());
        journal.send(new Commands.SetRestriction(Optional.of(house.alice), "ACME", false));
        journal.send(new Commands.SetKillSwitch(Optional.of(house.alice), true));
        assertEquals("limit.kill_switch", denied());
        assertTrue(house.account(house.alice).blocked());
        journal.send(new Commands.SetKillSwitch(Optional.of(house.alice), false));
        journal.send(new Commands.SetKillSwitch(Optional.empty(), true));
        assertEquals("limit.kill_switch", denied());
        journal.send(new Commands.SetKillSwitch(Optional.empty(), false));
        assertEquals("none", denied());
        journal.refused(Reason.UNKNOWN_SYMBOL, new Commands.SetRestriction(Optional.empty(), "NONE", true));
        journal.refused(Reason.NOT_FOUND, new Commands.SetKillSwitch(Optional.of(new UUID(1, 9)), true));
    }

    private String denied() {
        return house.send(house.limit(house.alice, Side.BUY, "ACME", 1, "10"))
                .refusal()
                .map(r -> r.rule())
                .orElse("none");
    }

    @Test
    void wrongSettingsAreRefused() {
        journal.refused(Reason.INVALID, new Commands.SetRequiredRules(List.of(), false));
        journal.refused(Reason.INVALID, new Commands.SetRequiredRules(List.of("a", "a"), false));
        journal.refused(Reason.INVALID, new Commands.SetRequiredRules(List.of("NOT A NAME"), false));
        journal.refused(Reason.INVALID, new Commands.ActivatePolicy(new PolicyVersion("gov.collar", "1", "xyz")));
        journal.refused(Reason.INVALID, new Commands.RevokeKey(""));
        journal.refused(Reason.UNSUPPORTED, new Commands.ActivateMachineVersion(3));
        journal.refused(Reason.INVALID, new Commands.Progress("mfe.exec", 1_000_000));
        journal.refused(Reason.INVALID, new Commands.RecordNote("", Map.of()));
        journal.refused(Reason.ALREADY_DONE, new Genesis(Journal.CLUSTER + 1, 1));
    }

    @Test
    void aSymbolIsNeverACurrencyToo() {
        Instrument acme = journal.machine().ruleBook().instruments().get("ACME");
        Instrument usd =
                new Instrument("USD", acme.currency(), acme.tickE8(), acme.lotE8(), acme.status(), acme.venue());
        journal.refused(Reason.INVALID, new Commands.DefineInstrument(usd));
        journal.refused(Reason.INVALID, new Commands.OpenAccount(new Currency("USD", 3)));
        journal.accepted(new Commands.DefineInstrument(
                new Instrument("JPY", acme.currency(), 1, 1, acme.status(), acme.venue())));
        journal.refused(Reason.INVALID, new Commands.OpenAccount(new Currency("JPY", 0)));
    }

    @Test
    void settingsAreToldOnTheTape() {
        house.forget();
        journal.send(new Commands.SetRequiredRules(List.of("gov.collar"), false));
        journal.send(new Commands.ActivatePolicy(new PolicyVersion("gov.collar", "v2", "0f".repeat(32))));
        journal.send(new Commands.RevokeKey("key-1"));
        journal.send(new Commands.RevokeKey("key-1"));
        journal.send(new Commands.RecordNote("seen", Map.of("by", "me")));
        journal.send(new Commands.Progress("mfe.ach", 3));
        journal.send(new Commands.Progress("mfe.ach", 2));
        house.then(
                "REQUIRED [gov.collar]",
                "POLICY gov.collar v2",
                "KEY key-1",
                "NOTE seen",
                "PROGRESS mfe.ach 3",
                "PROGRESS mfe.ach 3");
        assertTrue(journal.machine().ruleBook().revokedKeys().contains("key-1"));
        assertEquals(Map.of("mfe.ach", 3L), journal.machine().bookmarks());
    }
}
