package org.hmsach.core.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.log.LogSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The services over a real log and the real machine. */
@Timeout(120)
class CoreTest {
    private static final String RULE = "gov.collar";
    private static final UUID PERSON = UUID.fromString("3b7a2c40-0000-4000-8000-000000000001");
    private static final Origin ORIGIN = new Origin(PERSON, "gateway", "request-1", Optional.empty());

    @TempDir
    private Path directory;

    private Core core;
    private DoorService door;
    private PortfolioService portfolio;
    private TapeService tape;
    private ControlService control;

    @BeforeEach
    void start() {
        core = Core.start(LogSettings.in(directory), List.of(RULE), message -> {}, () -> {});
        door = new DoorService(core.log());
        portfolio = new PortfolioService(core);
        tape = new TapeService(core.log());
        control = new ControlService(core);
    }

    @AfterEach
    void stop() {
        core.close();
        door.stop();
        control.stop();
    }

    @Test
    void showsEachAcknowledgedCommandAndKeepsAllOverARestart() throws Exception {
        UUID account = fundedAccount();
        UUID id = submit(place(account, "first", "10")).subject().orElseThrow();
        assertEquals(OrderState.NEW, portfolio.order(id).orElseThrow().state());
        assertEquals(
                id, portfolio.orderByClientId(account, "first").orElseThrow().id());
        assertEquals(1, portfolio.openOrders(account).size());
        assertEquals(1, portfolio.openOrders().size());
        Account before = portfolio.account(account).orElseThrow();
        assertTrue(before.reservedMinor() >= 100_000, "reserved: " + before);
        CoreControl.Status status = get(control.status());
        stop();
        start();
        assertEquals(before, portfolio.account(account).orElseThrow());
        assertEquals(id, portfolio.openOrders().get(0).id());
        assertEquals(Map.of(account, Role.INVESTOR), portfolio.accessOf(PERSON));
        assertEquals(Map.of(PERSON, Role.INVESTOR), portfolio.accessTo(account));
        assertEquals(List.of(RULE), portfolio.requiredRules());
        assertEquals(Optional.of(LocalDate.of(2013, 10, 7)), portfolio.businessDate());
        assertTrue(portfolio.sessionOpen());
        assertEquals(status.stateHash(), get(control.status()).stateHash());
        assertEquals(status.chainHash(), get(control.status()).chainHash());
    }

    @Test
    void answersTheSameClientIdOnceAndRefusesAnotherBody() throws Exception {
        UUID account = fundedAccount();
        Outcome first = submit(place(account, "same", "10"));
        Outcome again = submit(place(account, "same", "10"));
        assertTrue(again.duplicate());
        assertEquals(first.subject(), again.subject());
        assertEquals(
                Reason.ID_REUSED,
                submit(place(account, "same", "11")).refusal().orElseThrow().reason());
        assertEquals(1, portfolio.openOrders(account).size());
    }

    @Test
    void refusesAnOrderWithoutTheRequiredVerdict() throws Exception {
        UUID account = fundedAccount();
        Commands.PlaceOrder checked = place(account, "unchecked", "10");
        Outcome outcome = submit(new Commands.PlaceOrder(
                checked.request(), 1, Optional.empty(), checked.reserveLimitE8(), 0, List.of()));
        assertEquals(Reason.GOV_CHECK_MISSING, outcome.refusal().orElseThrow().reason());
        assertEquals(
                OrderState.REJECTED,
                portfolio.order(outcome.subject().orElseThrow()).orElseThrow().state());
        List<Verdict> verdicts = get(portfolio.evaluate(place(account, "preview", "10")));
        assertEquals(RULE, verdicts.get(0).rule());
        assertTrue(verdicts.stream().allMatch(Verdict::allowed), verdicts.toString());
    }

    @Test
    void provesItsStateByReplayAndThatTheLedgerIsBalanced() throws Exception {
        UUID account = fundedAccount();
        for (int i = 0; i < 50; i++) {
            submit(place(account, "order-" + i, "1"));
        }
        CoreControl.Verification verification = get(control.verify());
        assertTrue(verification.holds(), verification.toString());
        assertFalse(verification.sums().isEmpty());
        get(control.snapshot());
        assertTrue(get(control.verify()).holds());
    }

    @Test
    void deliversEventsInOrderAndTheFailedOneAgain() throws Exception {
        UUID account = fundedAccount();
        Outcome placed = submit(place(account, "first", "10"));
        List<Order> seen = new ArrayList<>();
        TapeListener failsOnce = new TapeListener() {
            private boolean failed;

            @Override
            public void onOrder(Events.OrderEvent event) {
                if (!failed) {
                    failed = true;
                    throw new IllegalStateException("not now");
                }
                seen.add(event.order());
            }
        };
        try (TapeReader reader = tape.open(1)) {
            assertThrows(IllegalStateException.class, () -> drain(reader, failsOnce));
            assertTrue(reader.nextNumber() <= placed.tapeNumber());
            drain(reader, failsOnce);
            assertEquals(tape.lastNumber() + 1, reader.nextNumber());
        }
        assertEquals(
                List.of(placed.subject().orElseThrow()),
                seen.stream().map(Order::id).toList());
        long first = tape.firstNumberOf(placed.entry());
        assertTrue(first <= placed.tapeNumber() && first > tape.firstNumberOf(placed.entry() - 1));
        assertThrows(IllegalArgumentException.class, () -> tape.open(tape.lastNumber() + 2));
    }

    @Test
    void refusesACommandItDoesNotKnow() throws Exception {
        Outcome outcome = submit(new Command() {});
        assertEquals(Reason.UNSUPPORTED, outcome.refusal().orElseThrow().reason());
    }

    @Test
    void isUnavailableOnceClosed() {
        core.close();
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> submit(new Commands.OpenAccount(Currency.USD)));
        UnavailableException why = assertInstanceOf(UnavailableException.class, failure.getCause());
        assertEquals("CORE_CLOSED", why.code());
        assertThrows(IllegalStateException.class, () -> tape.open(1).poll(new TapeListener() {}, 1, Duration.ZERO));
    }

    @Test
    void tellsEverybodyWhoStillWaitsWhenTheDoorAndTheLogAreClosedThatItIsClosed() throws Exception {
        UUID account = fundedAccount();
        List<CompletionStage<Outcome>> asked = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            asked.add(door.submit(place(account, "late-" + i, "1"), ORIGIN));
        }
        door.stop();
        core.close();
        for (CompletionStage<Outcome> stage : asked) {
            try {
                get(stage);
            } catch (ExecutionException e) {
                assertInstanceOf(UnavailableException.class, e.getCause(), e::toString);
            }
        }
    }

    private static void drain(TapeReader reader, TapeListener listener) throws InterruptedException {
        int delivered = reader.poll(listener, 100, Duration.ofMillis(10));
        while (delivered > 0) {
            delivered = reader.poll(listener, 100, Duration.ofMillis(10));
        }
    }

    private UUID fundedAccount() throws Exception {
        accepted(new Commands.OpenBusinessDate(LocalDate.of(2013, 10, 7), LocalDate.of(2013, 10, 8)));
        Instrument ibm =
                new Instrument("IBM", Currency.USD, Scale8.parse("0.01"), Scale8.ONE, InstrumentStatus.ACTIVE, "paper");
        accepted(new Commands.DefineInstrument(ibm));
        UUID account =
                accepted(new Commands.OpenAccount(Currency.USD)).subject().orElseThrow();
        accepted(new Commands.GrantAccess(PERSON, account, Role.INVESTOR));
        Money deposit = new Money(Currency.USD, 10_000_000);
        UUID transfer = accepted(new Commands.RequestTransfer(account, Direction.INCOMING, deposit, "operator"))
                .subject()
                .orElseThrow();
        accepted(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        accepted(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        return account;
    }

    private static Commands.PlaceOrder place(UUID account, String clientOrderId, String qty) {
        long price = Scale8.parse("100");
        OrderRequest request = new OrderRequest(
                account,
                clientOrderId,
                "IBM",
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                Scale8.parse(qty),
                OptionalLong.of(price));
        return new Commands.PlaceOrder(
                request, qty.hashCode(), Optional.empty(), price, 0, List.of(Verdict.allow(RULE, "1", Map.of())));
    }

    private Outcome accepted(Command command) throws Exception {
        Outcome outcome = submit(command);
        assertEquals(Optional.empty(), outcome.refusal());
        return outcome;
    }

    private Outcome submit(Command command) throws Exception {
        return get(door.submit(command, ORIGIN));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
