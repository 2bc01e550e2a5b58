package org.hmsach.mfe.exec.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.mkt.venue.internal.crossing.CrossingVenue;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random orders, cancels and replaces meet a venue and an exec that are replaced all the time and a core that refuses
 * and loses reports: in the end the totals agree, nothing was filled twice, and nothing is left hanging.
 */
class ExecAndCrossingTest {
    private static final String VENUE = "crossing";
    private static final int STEPS = 2_000;
    private static final Duration BOUND = Duration.ofSeconds(15);

    private final StandInCore core = new StandInCore();
    private final Map<String, Venue> venues = new ConcurrentHashMap<>();
    private final List<UUID> placed = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leavesConsistentTotalsWhateverIsReplacedMeanwhile(long seed) throws InterruptedException {
        Random random = new Random(seed);
        injectFaults();
        venues.put(VENUE, new CrossingVenue());
        Exec exec = startExec();
        for (int step = 0; step < STEPS; step++) {
            if (step % 300 == 299) {
                exec = replaceExec(exec, random.nextBoolean());
            } else if (random.nextInt(100) == 0) {
                venues.put(VENUE, new CrossingVenue());
            } else {
                act(random);
            }
            if (step % 50 == 49) {
                settle();
            }
        }
        core.faults(never(), never(), never());
        List<Order> orders = settle();
        exec.close();

        assertEquals(List.of(), core.complaints());
        assertEquals(core.boughtE8(), core.soldE8());
        assertTrue(core.boughtE8() > 0, "something was traded");
        assertEquals(core.boughtE8(), filled(orders, Side.BUY));
        assertEquals(core.soldE8(), filled(orders, Side.SELL));
        orders.forEach(o -> assertTrue(o.filledE8() <= o.request().qtyE8(), o.toString()));
    }

    private void injectFaults() {
        core.faults(everyNth(97), everyNth(211), everyNth(307));
    }

    private static Predicate<Command> everyNth(int n) {
        AtomicInteger count = new AtomicInteger();
        return c -> (c instanceof Commands.ReportTrade || c instanceof Commands.ReportOrder)
                && count.incrementAndGet() % n == 0;
    }

    private static Predicate<Command> never() {
        return c -> false;
    }

    private Exec startExec() {
        Exec exec = new Exec(core, core.tape, new FakeDuty(true), () -> Offers.of(venues), Duration.ofSeconds(10));
        exec.start();
        return exec;
    }

    private Exec replaceExec(Exec old, boolean overlapped) {
        if (overlapped) {
            Exec next = startExec();
            old.close();
            return next;
        }
        old.close();
        return startExec();
    }

    private void act(Random random) {
        int what = random.nextInt(20);
        if (what == 0 && random.nextInt(20) == 0) {
            core.expireDayOrders();
        } else if (what <= 2 && !placed.isEmpty()) {
            core.requestCancel(recent(random));
        } else if (what <= 6 && !placed.isEmpty()) {
            Replacement terms =
                    new Replacement(Samples.newId(), "r", TimeInForce.GTC, qty(random), OptionalLong.of(price(random)));
            core.requestReplace(recent(random), terms);
        } else {
            placed.add(core.place(request(random), VENUE).id());
        }
    }

    private UUID recent(Random random) {
        return placed.get(Math.max(0, placed.size() - 1 - random.nextInt(40)));
    }

    private static OrderRequest request(Random random) {
        boolean market = random.nextInt(10) == 0;
        TimeInForce[] lives = TimeInForce.values();
        return new OrderRequest(
                Samples.ACCOUNT,
                "c",
                "XYZ",
                random.nextBoolean() ? Side.BUY : Side.SELL,
                market ? OrderType.MARKET : OrderType.LIMIT,
                random.nextInt(3) == 0 ? lives[random.nextInt(lives.length)] : TimeInForce.GTC,
                qty(random),
                market ? OptionalLong.empty() : OptionalLong.of(price(random)));
    }

    private static long qty(Random random) {
        return (1L + random.nextInt(30)) * Scale8.ONE / 10;
    }

    private static long price(Random random) {
        return (95L + random.nextInt(11)) * Scale8.ONE;
    }

    /** Waits until nothing is under way: no request pending, no order that must not rest, no crossed book. */
    private List<Order> settle() throws InterruptedException {
        List<Order> orders = core.await(o -> unsettled(o).isEmpty(), BOUND);
        assertEquals(List.of(), unsettled(orders));
        return orders;
    }

    private static List<String> unsettled(List<Order> orders) {
        List<String> found = new ArrayList<>();
        long bestBid = Long.MIN_VALUE;
        long bestAsk = Long.MAX_VALUE;
        for (Order order : orders) {
            if (order.state().isFinal()) {
                continue;
            }
            boolean resting = order.state() == OrderState.NEW || order.state() == OrderState.PARTIALLY_FILLED;
            TimeInForce life = order.request().timeInForce();
            if (!resting
                    || order.request().limitPriceE8().isEmpty()
                    || life == TimeInForce.IOC
                    || life == TimeInForce.FOK) {
                found.add(order.toString());
            } else if (order.request().side() == Side.BUY) {
                bestBid = Math.max(bestBid, order.request().limitPriceE8().getAsLong());
            } else {
                bestAsk = Math.min(bestAsk, order.request().limitPriceE8().getAsLong());
            }
        }
        if (bestBid >= bestAsk) {
            found.add("crossed: " + bestBid + " and " + bestAsk);
        }
        return found;
    }

    private static long filled(List<Order> orders, Side side) {
        return orders.stream()
                .filter(o -> o.request().side() == side)
                .mapToLong(Order::filledE8)
                .sum();
    }
}
