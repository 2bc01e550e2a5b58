package org.hmsach.mkt.venue.internal.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast book and the naive one say the same about the same random orders. */
class BookOracleTest {
    private static final int STEPS = 4_000;
    private static final long MIDDLE = 100_00000000L;
    private static final long[] STEP_SIZES = {1, 64, 1_000_000};
    private static final Remainder[] REMAINDERS = Remainder.values();

    private final EventList fastEvents = new EventList();
    private final EventList naiveEvents = new EventList();
    private final Book fast = new Book(fastEvents);
    private final NaiveBook naive = new NaiveBook(naiveEvents);
    private long nextId = 1;
    private long priceStep = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheNaiveTwin(long seed) {
        Random random = new Random(seed);
        priceStep = STEP_SIZES[(int) seed % STEP_SIZES.length];
        for (int step = 0; step < STEPS; step++) {
            step(random);
            assertEquals(naiveEvents.take(), fastEvents.take(), "seed " + seed + " step " + step);
            if (step % 500 == 0) {
                assertSameBooks();
            }
        }
        assertSameBooks();
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
        long away = (random.nextInt(12) - 4L) * priceStep + (random.nextInt(200) == 0 ? random.nextInt(5_000_000) : 0);
        long price = MIDDLE + (side == BookSide.BUY ? -away : away);
        return new NaiveBook.NaiveOrder(id, side, price, quantity, remainder);
    }

    private void assertSameBooks() {
        for (BookSide side : BookSide.values()) {
            assertEquals(naive.orders(side), fast.orders(side));
        }
        assertEquals(
                naive.orders(BookSide.BUY).size() + naive.orders(BookSide.SELL).size(), fast.size());
    }
}
