package org.hmsach.mkt.venue.internal.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The fast book and the naive one say the same about the same random orders. {@code -Dsim.seed=N} runs one seed,
 * {@code -Dsim.seeds=N} so many.
 */
class BookOracleTest {
    private static final int SEEDS = 1_000;
    private static final int STEPS = 300;
    private static final int LONG_STEPS = 4_000;
    private static final int EACH_LONG = 100;
    private static final int LOOK_EVERY = 50;
    private static final long MIDDLE = 100_00000000L;
    private static final long[] STEP_SIZES = {1, 64, 1_000_000};
    private static final Remainder[] REMAINDERS = Remainder.values();

    @Test
    void agreesWithTheNaiveTwin() {
        long one = Long.getLong("sim.seed", 0);
        long first = one > 0 ? one : 1;
        long last = one > 0 ? one : Integer.getInteger("sim.seeds", SEEDS);
        for (long seed = first; seed <= last; seed++) {
            int steps = seed % EACH_LONG == 0 ? LONG_STEPS : STEPS;
            new TwoBooks(STEP_SIZES[(int) (seed % STEP_SIZES.length)]).run(seed, steps);
        }
    }

    /** The same commands go to both. */
    private static final class TwoBooks {
        private final EventList fastEvents = new EventList();
        private final EventList naiveEvents = new EventList();
        private final Book fast = new Book(fastEvents);
        private final NaiveBook naive = new NaiveBook(naiveEvents);
        private final long priceStep;
        private long nextId = 1;

        TwoBooks(long priceStep) {
            this.priceStep = priceStep;
        }

        void run(long seed, int steps) {
            Random random = new Random(seed);
            for (int step = 1; step <= steps; step++) {
                step(random);
                String where =
                        "seed " + seed + ", step " + step + "; again with -Dtest=BookOracleTest -Dsim.seed=" + seed;
                assertEquals(naiveEvents.take(), fastEvents.take(), where);
                if (step % LOOK_EVERY == 0) {
                    assertSameBooks(where);
                }
            }
        }

        private void step(Random random) {
            long known = Math.max(1, nextId - 1 - random.nextInt(60));
            switch (random.nextInt(8)) {
                case 0 -> {
                    fast.cancel(known);
                    naive.cancel(known);
                }
                case 1 -> {
                    long by = 1L + random.nextInt(20);
                    fast.reduce(known, by);
                    naive.reduce(known, by);
                }
                case 2 -> {
                    NaiveBook.NaiveOrder terms = order(random, known);
                    fast.replace(known, terms.limitPrice(), terms.quantity(), terms.remainder());
                    naive.replace(known, terms.limitPrice(), terms.quantity(), terms.remainder());
                }
                default -> {
                    NaiveBook.NaiveOrder order = order(random, nextId++);
                    fast.place(order.id(), order.side(), order.limitPrice(), order.quantity(), order.remainder());
                    naive.place(order);
                }
            }
        }

        private NaiveBook.NaiveOrder order(Random random, long id) {
            BookSide side = random.nextBoolean() ? BookSide.BUY : BookSide.SELL;
            Remainder remainder = random.nextInt(3) > 0 ? Remainder.RESTS : REMAINDERS[random.nextInt(3)];
            long quantity = 1L + random.nextInt(40);
            if (remainder == Remainder.CANCELED && random.nextBoolean()) {
                return new NaiveBook.NaiveOrder(id, side, side.anyPrice(), quantity, remainder);
            }
            long away =
                    (random.nextInt(12) - 4L) * priceStep + (random.nextInt(200) == 0 ? random.nextInt(5_000_000) : 0);
            long price = MIDDLE + (side == BookSide.BUY ? -away : away);
            return new NaiveBook.NaiveOrder(id, side, price, quantity, remainder);
        }

        private void assertSameBooks(String where) {
            for (BookSide side : BookSide.values()) {
                List<RestingOrder> orders = naive.orders(side);
                assertEquals(orders, fast.orders(side), where);
                Map<Long, Long> levels = new LinkedHashMap<>();
                orders.forEach(o -> levels.merge(o.price(), o.quantity(), Long::sum));
                assertEquals(
                        levels.entrySet().stream()
                                .map(e -> new PriceLevel(e.getKey(), e.getValue()))
                                .toList(),
                        fast.levels(side),
                        where);
                orders.forEach(o -> assertEquals(o.quantity(), fast.open(o.id()), where));
            }
            List<RestingOrder> bids = naive.orders(BookSide.BUY);
            List<RestingOrder> asks = naive.orders(BookSide.SELL);
            assertEquals(bids.size() + asks.size(), fast.size(), where);
            assertTrue(
                    bids.isEmpty()
                            || asks.isEmpty()
                            || bids.get(0).price() < asks.get(0).price(),
                    where);
        }
    }
}
