package org.hmsach.store.internal.readmodel;

import static org.hmsach.store.internal.readmodel.Tapes.ACCOUNT;
import static org.hmsach.store.internal.readmodel.Tapes.E8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.history.History;
import org.hmsach.api.history.History.ActivityType;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.api.tape.Events.PostingKind;
import org.hmsach.api.tape.Tape;
import org.hmsach.store.internal.sql.Database;
import org.hmsach.store.internal.sql.FolderBundle;
import org.hmsach.store.internal.sql.TestDatabase;
import org.hmsach.store.internal.sql.Units;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadModelsTest {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final ListTape tape = new ListTape();
    private final AtomicReference<Optional<Tape>> present = new AtomicReference<>(Optional.of(tape));
    private final List<ReadModels> open = new ArrayList<>();
    private Database database;

    @BeforeEach
    void openDatabase() throws SQLException {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        for (ReadModels models : open) {
            models.stop();
        }
        database.close();
    }

    @Test
    void givesBackOrdersExactly() throws InterruptedException {
        Order first = Tapes.order(1, OrderState.NEW, 0);
        Order second = Tapes.fullOrder(2);
        tape.entry(1_000, Tapes.told(OrderEventKind.NEW, first));
        tape.entry(2_000, Tapes.told(OrderEventKind.PENDING_REPLACE, second));
        Order canceled = Tapes.order(1, OrderState.CANCELED, 4);
        tape.entry(3_000, Tapes.told(OrderEventKind.CANCELED, canceled));
        ReadModels models = caughtUp();
        assertEquals(Optional.of(canceled), models.order(first.id()));
        assertEquals(Optional.of(second), models.order(second.id()));
        assertEquals(Optional.of(second), models.orderByClientId(ACCOUNT, "full"));
        assertEquals(Optional.empty(), models.orderByClientId(second.id(), "full"));
        assertEquals(List.of(canceled, second), models.orders(query(Set.of(), Set.of(), true, 500)));
        assertEquals(List.of(second), models.orders(query(Set.of(), Set.of(), false, 1)));
        assertEquals(List.of(canceled), models.orders(query(Set.of(OrderState.CANCELED), Set.of(), true, 500)));
        assertEquals(List.of(second), models.orders(query(Set.of(), Set.of("BRK.B"), true, 500)));
        assertEquals(
                List.of(second), models.orders(query(History.OrderSpan.ofTimes(1_000, 5_000), Optional.empty(), 500)));
        assertEquals(
                List.of(second),
                models.orders(query(span(Optional.of(first.id()), Optional.empty()), Optional.empty(), 9)));
        assertEquals(
                List.of(canceled),
                models.orders(query(span(Optional.empty(), Optional.of(second.id())), Optional.empty(), 9)));
    }

    @Test
    void listsFillsFeesAndTransfersPageByPage() throws InterruptedException {
        Tapes.tellADay(tape);
        tape.entry(
                9_000,
                Tapes.posted(
                        PostingKind.TRANSFER_RETURN,
                        ACCOUNT,
                        "R01",
                        Tapes.leg("cash.settled", "USD", -1_000_000),
                        Tapes.house("house.bank", "USD", 1_000_000)));
        ReadModels models = caughtUp();
        List<History.Activity> all = models.activities(activities(Set.of(), Optional.empty(), true, 100));
        assertEquals(
                List.of(ActivityType.CSD, ActivityType.FILL, ActivityType.FILL, ActivityType.FEE, ActivityType.CSD),
                all.stream().map(History.Activity::type).toList());
        assertEquals(
                List.of(1_000_000L, -40_000L, -60_000L, -100L, -1_000_000L),
                all.stream().map(History.Activity::netMinor).toList());
        History.Activity fill = all.get(1);
        assertEquals(
                List.of(4 * E8, 100 * E8, 4 * E8, 6 * E8),
                List.of(fill.qtyE8(), fill.priceE8(), fill.cumQtyE8(), fill.leavesE8()));
        assertEquals("buy", fill.side());
        assertEquals(
                Optional.of(Tapes.order(3, OrderState.NEW, 0).id()), all.get(3).order());
        List<History.Activity> page = models.activities(
                activities(Set.of(ActivityType.FILL), Optional.of(all.get(2).id()), false, 1));
        assertEquals(List.of(fill), page);
    }

    @Test
    void valuesAccountsOnceForTheMarksOfAnEntry() throws InterruptedException {
        Tapes.tellADay(tape);
        tape.entry(9_000, Tapes.marked("IBM", 99 * E8, false));
        ReadModels models = caughtUp();
        assertEquals(
                List.of(
                        new History.ValuePoint(8_000, ListTape.DATE, true, 899_900 + 101_500, 899_900, 1_000_000),
                        new History.ValuePoint(9_000, ListTape.DATE, false, 899_900 + 99_000, 899_900, 1_000_000)),
                models.values(ACCOUNT, 0, Long.MAX_VALUE));
        assertEquals(1, models.values(ACCOUNT, 8_500, 9_000).size());
    }

    @Test
    void goesOnWhereItStoppedAndThroughTheCoreGoingAway() throws InterruptedException {
        Tapes.tellADay(tape);
        caughtUp().stop();
        open.clear();
        Order late = Tapes.order(50, OrderState.NEW, 0);
        tape.entry(50_000, Tapes.told(OrderEventKind.NEW, late));
        ReadModels models = caughtUp();
        tape.goAway();
        ListTape back = tape.copy((int) tape.lastNumber());
        back.entry(60_000, Tapes.told(OrderEventKind.NEW, Tapes.order(60, OrderState.NEW, 0)));
        present.set(Optional.of(back));
        assertTrue(models.awaitNumber(back.lastNumber(), BOUND));
        assertEquals(3, models.orders(query(Set.of(), Set.of(), true, 500)).size());
        assertEquals(
                4,
                models.activities(activities(Set.of(), Optional.empty(), true, 100))
                        .size());
    }

    @Test
    void waitsForTheDatabaseToComeUp() throws InterruptedException {
        Tapes.tellADay(tape);
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean back = new AtomicBoolean();
        ReadModels models = new ReadModels(
                () -> {
                    if (attempts.incrementAndGet() < 3 || !back.get()) {
                        throw new IllegalStateException("the database is away");
                    }
                    return new Units(database).open(FolderBundle.of(Path.of("target/classes")), "store", Rows.ENTITIES);
                },
                present::get,
                () -> true,
                3_000);
        open.add(models);
        assertThrows(UnavailableException.class, () -> models.order(ACCOUNT));
        back.set(true);
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        assertEquals(Result.Status.OK, models.execute().getStatus());
    }

    @Test
    void makesEverythingAnewForAShorterOrAnotherTape() throws InterruptedException {
        Tapes.tellADay(tape);
        caughtUp().stop();
        open.clear();
        ListTape other = new ListTape();
        other.entry(77_000, Tapes.told(OrderEventKind.NEW, Tapes.order(77, OrderState.NEW, 0)));
        present.set(Optional.of(other));
        ReadModels shorter = start(3_000);
        awaitOrders(shorter, List.of(Tapes.order(77, OrderState.NEW, 0)));
        shorter.stop();
        open.clear();
        ListTape longer = new ListTape();
        longer.entry(88_000, Tapes.told(OrderEventKind.NEW, Tapes.order(88, OrderState.NEW, 0)));
        longer.entry(89_000, Tapes.opened());
        present.set(Optional.of(longer));
        awaitOrders(start(3_000), List.of(Tapes.order(88, OrderState.NEW, 0)));
    }

    @Test
    void makesEverythingAnewForAnotherModelVersion() throws Exception {
        Tapes.tellADay(tape);
        caughtUp().stop();
        open.clear();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update rm_bookmark set model_version = 0");
            statement.execute("update rm_activity set net_minor = 5");
        }
        List<History.Activity> again = caughtUp().activities(activities(Set.of(), Optional.empty(), true, 100));
        assertEquals(
                List.of(1_000_000L, -40_000L, -60_000L, -100L),
                again.stream().map(History.Activity::netMinor).toList());
    }

    @Test
    void twoOverOneDatabaseNeverDoubleAndTakeOverFromEachOther() throws InterruptedException {
        Tapes.tellADay(tape);
        ReadModels old = start(300);
        assertTrue(old.awaitNumber(tape.lastNumber(), BOUND));
        ReadModels newer = start(300);
        for (int i = 0; i < 50; i++) {
            tape.entry(
                    100_000,
                    Tapes.posted(PostingKind.TRANSFER, ACCOUNT, "operator", Tapes.leg("cash.settled", "USD", 1)));
        }
        assertTrue(newer.awaitNumber(tape.lastNumber(), BOUND));
        assertTrue(old.awaitNumber(tape.lastNumber(), BOUND), "the one that only watches answers waits too");
        newer.stop();
        open.remove(newer);
        tape.entry(200_000, Tapes.marked("IBM", 100 * E8, true));
        assertTrue(old.awaitNumber(tape.lastNumber(), BOUND), "the old one takes over again");
        List<History.ValuePoint> points = old.values(ACCOUNT, 200_000, 200_000);
        assertEquals(1_000_050, points.get(0).depositedMinor());
    }

    @Test
    void aVersionThatStandsAsideWatchesUntilItServes() throws InterruptedException {
        Tapes.tellADay(tape);
        AtomicBoolean moved = new AtomicBoolean();
        ReadModels old = start(() -> !moved.get(), 10);
        assertTrue(old.awaitNumber(tape.lastNumber(), BOUND));
        ReadModels newer = start(moved::get, 10);
        assertTrue(newer.awaitNumber(tape.lastNumber(), BOUND));
        old.stop();
        open.remove(old);
        tape.entry(200_000, Tapes.marked("IBM", 100 * E8, true));
        assertFalse(newer.awaitNumber(tape.lastNumber(), Duration.ofMillis(700)), "nobody writes");
        moved.set(true);
        assertTrue(newer.awaitNumber(tape.lastNumber(), BOUND));
    }

    @Test
    void tellsTheHealthCheckWhatIsMissing() throws InterruptedException {
        present.set(Optional.empty());
        ReadModels models = start(3_000);
        assertFalse(models.awaitNumber(1, Duration.ofMillis(50)));
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, models.execute().getStatus());
    }

    private ReadModels caughtUp() throws InterruptedException {
        ReadModels models = start(3_000);
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        return models;
    }

    private ReadModels start(long takeOverMs) {
        return start(() -> true, takeOverMs);
    }

    private ReadModels start(BooleanSupplier mine, long takeOverMs) {
        ReadModels models = new ReadModels(
                () -> new Units(database).open(FolderBundle.of(Path.of("target/classes")), "store", Rows.ENTITIES),
                present::get,
                mine,
                takeOverMs);
        open.add(models);
        return models;
    }

    private static void awaitOrders(ReadModels models, List<Order> wanted) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (System.nanoTime() < end && !ordersOf(models).equals(wanted)) {
            models.awaitNumber(Long.MAX_VALUE, Duration.ofMillis(20));
        }
        assertEquals(wanted, ordersOf(models));
    }

    private static List<Order> ordersOf(ReadModels models) {
        try {
            return models.orders(query(Set.of(), Set.of(), true, 500));
        } catch (UnavailableException e) {
            return List.of();
        }
    }

    private static History.OrderQuery query(Set<OrderState> states, Set<String> symbols, boolean ascending, int limit) {
        return new History.OrderQuery(
                ACCOUNT,
                states,
                symbols,
                Optional.empty(),
                History.OrderSpan.ofTimes(-1, Long.MAX_VALUE),
                ascending,
                limit);
    }

    private static History.OrderQuery query(History.OrderSpan span, Optional<Side> side, int limit) {
        return new History.OrderQuery(ACCOUNT, Set.of(), Set.of(), side, span, true, limit);
    }

    private static History.OrderSpan span(Optional<UUID> after, Optional<UUID> before) {
        return new History.OrderSpan(-1, Long.MAX_VALUE, after, before);
    }

    private static History.ActivityQuery activities(
            Set<ActivityType> types, Optional<String> token, boolean ascending, int limit) {
        return new History.ActivityQuery(ACCOUNT, types, -1, Long.MAX_VALUE, token, ascending, limit);
    }
}
