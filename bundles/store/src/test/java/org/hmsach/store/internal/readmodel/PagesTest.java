package org.hmsach.store.internal.readmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hmsach.api.history.History;
import org.hmsach.api.history.History.ActivityType;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.store.internal.sql.Database;
import org.hmsach.store.internal.sql.FolderBundle;
import org.hmsach.store.internal.sql.TestDatabase;
import org.hmsach.store.internal.sql.Units;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that are turned while new rows arrive. */
class PagesTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int ROWS = 200;
    private static final int PAGE = 7;
    /** So many orders come to be in one millisecond. */
    private static final int PER_MS = 20;

    private final ListTape tape = new ListTape();
    private Database database;
    private ReadModels models;

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabase.open();
        models = new ReadModels(
                () -> new Units(database).open(FolderBundle.of(Path.of("target/classes")), "store", Rows.ENTITIES),
                () -> Optional.of(tape),
                () -> true,
                3_000);
    }

    @AfterEach
    void stop() throws InterruptedException {
        models.stop();
        database.close();
    }

    @Test
    void ordersBackwardsAreThoseOfTheBeginningEachOnce() throws InterruptedException {
        for (int i = 1; i <= ROWS; i++) {
            order(i, Side.BUY);
        }
        List<Long> seen = new ArrayList<>();
        Optional<UUID> last = Optional.empty();
        for (List<Order> page = page(Optional.empty(), last, false);
                !page.isEmpty();
                page = page(Optional.empty(), last, false)) {
            page.forEach(order -> seen.add(HmsId.entry(order.id())));
            last = Optional.of(page.get(page.size() - 1).id());
            order(ROWS + seen.size(), Side.BUY);
        }
        List<Long> wanted = new ArrayList<>(numbers(ROWS));
        Collections.reverse(wanted);
        assertEquals(wanted, seen);
    }

    @Test
    void ordersForwardsReachThoseThatArrivedMeanwhile() throws InterruptedException {
        for (int i = 1; i <= ROWS; i++) {
            order(i, Side.BUY);
        }
        List<Long> seen = new ArrayList<>();
        int all = ROWS;
        Optional<UUID> last = Optional.empty();
        for (List<Order> page = page(last, Optional.empty(), true);
                !page.isEmpty();
                page = page(last, Optional.empty(), true)) {
            page.forEach(order -> seen.add(HmsId.entry(order.id())));
            last = Optional.of(page.get(page.size() - 1).id());
            if (all < ROWS + 10) {
                order(++all, Side.BUY);
            }
        }
        assertEquals(numbers(all), seen);
    }

    @Test
    void findsTheOnlySaleBehindManyBuys() throws InterruptedException {
        order(1, Side.SELL);
        for (int i = 2; i <= ROWS; i++) {
            order(i, Side.BUY);
        }
        caughtUp();
        List<Order> sales = models.orders(new History.OrderQuery(
                Tapes.ACCOUNT,
                Set.of(),
                Set.of("IBM", "SPY"),
                Optional.of(Side.SELL),
                History.OrderSpan.ofTimes(Long.MIN_VALUE, Long.MAX_VALUE),
                false,
                1));
        assertEquals(List.of(HmsId.of(7, 1, 0)), sales.stream().map(Order::id).toList());
    }

    @Test
    void anOrderThatIsNotThereYetIsNoPlaceToGoOnFrom() throws InterruptedException {
        order(1, Side.BUY);
        UUID unknown = HmsId.of(7, 99, 0);
        assertThrows(UnavailableException.class, () -> page(Optional.of(unknown), Optional.empty(), true));
    }

    @Test
    void activitiesBothWaysByTypeAndTime() throws InterruptedException {
        for (int i = 1; i <= ROWS; i++) {
            fill(i);
        }
        List<String> down = turn(Set.of(ActivityType.FILL, ActivityType.FEE), false, Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(ROWS, down.size());
        List<String> up = turn(Set.of(), true, Long.MIN_VALUE, Long.MAX_VALUE);
        Collections.reverse(down);
        assertEquals(down, up.subList(0, ROWS), "what arrived while pages were turned comes after");
        // milliseconds 3 to 5, both excluded: the twenty fills of millisecond 4
        assertEquals(down.subList(4 * PER_MS - 1, 5 * PER_MS - 1), turn(Set.of(ActivityType.FILL), true, 3, 5));
        assertEquals(List.of(), turn(Set.of(), true, 1_000_000, Long.MAX_VALUE));
    }

    private List<String> turn(Set<ActivityType> types, boolean ascending, long afterMs, long untilMs)
            throws InterruptedException {
        List<String> ids = new ArrayList<>();
        Optional<String> token = Optional.empty();
        for (int turned = 0; ; turned++) {
            caughtUp();
            List<History.Activity> page = models.activities(
                    new History.ActivityQuery(Tapes.ACCOUNT, types, afterMs, untilMs, token, ascending, PAGE));
            if (page.isEmpty()) {
                return ids;
            }
            page.forEach(activity -> ids.add(activity.id()));
            token = Optional.of(page.get(page.size() - 1).id());
            if (turned < 3) {
                fill(ROWS + 100 + turned);
            }
        }
    }

    private List<Order> page(Optional<UUID> after, Optional<UUID> before, boolean ascending)
            throws InterruptedException {
        caughtUp();
        return models.orders(new History.OrderQuery(
                Tapes.ACCOUNT,
                Set.of(),
                Set.of(),
                Optional.empty(),
                new History.OrderSpan(Long.MIN_VALUE, Long.MAX_VALUE, after, before),
                ascending,
                PAGE));
    }

    private void caughtUp() throws InterruptedException {
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
    }

    private static List<Long> numbers(int upTo) {
        return IntStream.rangeClosed(1, upTo).mapToObj(Long::valueOf).toList();
    }

    private void order(int number, Side side) {
        tape.entry(number / PER_MS, Tapes.told(OrderEventKind.NEW, made(number, side)));
    }

    private void fill(int number) {
        tape.entry(number / PER_MS, Tapes.filled(made(number, Side.BUY), 1, 100));
    }

    private static Order made(int number, Side side) {
        Order any = Tapes.order(number, OrderState.NEW, 0);
        OrderRequest asked = any.request();
        return new Order(
                any.id(),
                new OrderRequest(
                        asked.account(),
                        asked.clientOrderId(),
                        asked.symbol(),
                        side,
                        asked.type(),
                        asked.timeInForce(),
                        asked.qtyE8(),
                        asked.limitPriceE8()),
                any.state(),
                any.venue(),
                any.priority(),
                any.filledE8(),
                any.filledValueE8(),
                any.reservedMinor(),
                any.reservedQtyE8(),
                any.replacement(),
                any.replaces(),
                any.replacedBy(),
                any.refusal(),
                any.businessDate(),
                number / PER_MS,
                number / PER_MS);
    }
}
