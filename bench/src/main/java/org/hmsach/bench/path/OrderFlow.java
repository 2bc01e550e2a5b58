package org.hmsach.bench.path;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hmsach.mkt.venue.internal.book.Book;
import org.hmsach.mkt.venue.internal.book.BookListener;
import org.hmsach.mkt.venue.internal.book.BookSide;
import org.hmsach.mkt.venue.internal.book.Remainder;

/**
 * Seeded orders of many accounts in one instrument, in arrays, made before any clock runs: eight of ten are limit
 * orders round a price that wanders (half of them trade at once, one of eight is immediate or cancel), two take an
 * order out that still rests. Prices in cents, quantities in whole units; an order's number is its place, a
 * cancellation names it.
 */
public final class OrderFlow {
    /** Accounts, numbered from 0. */
    public static final int ACCOUNTS = 1_000;

    private static final int SPREAD_CENTS = 16;
    private static final int MAX_UNITS = 50;

    final boolean[] cancels;
    final boolean[] buys;
    final boolean[] immediate;
    final int[] accounts;
    final int[] prices;
    final int[] units;
    final int[] targets;

    /** @param size how many orders and cancellations */
    public OrderFlow(int size, long seed) {
        cancels = new boolean[size];
        buys = new boolean[size];
        immediate = new boolean[size];
        accounts = new int[size];
        prices = new int[size];
        units = new int[size];
        targets = new int[size];
        fill(new SplittableRandom(seed));
    }

    /** How many orders and cancellations. */
    public int size() {
        return cancels.length;
    }

    private void fill(SplittableRandom random) {
        Book book = new Book(new Deaf());
        List<Integer> resting = new ArrayList<>();
        int middle = 10_000;
        for (int i = 0; i < size(); i++) {
            middle = Math.max(1_000, middle + random.nextInt(3) - 1);
            int target = random.nextInt(10) < 2 ? takeResting(book, resting, random) : -1;
            if (target >= 0) {
                cancels[i] = true;
                targets[i] = target;
                accounts[i] = accounts[target];
                book.cancel(target + 1L);
                continue;
            }
            accounts[i] = random.nextInt(ACCOUNTS);
            buys[i] = random.nextBoolean();
            immediate[i] = random.nextInt(8) == 0;
            int away = random.nextInt(2 * SPREAD_CENTS) - SPREAD_CENTS;
            prices[i] = middle + (buys[i] ? -away : away);
            units[i] = 1 + random.nextInt(MAX_UNITS);
            book.place(
                    i + 1L,
                    buys[i] ? BookSide.BUY : BookSide.SELL,
                    prices[i],
                    units[i],
                    immediate[i] ? Remainder.CANCELED : Remainder.RESTS);
            if (book.open(i + 1L) > 0) {
                resting.add(i);
            }
        }
    }

    /** One that still rests, or -1. */
    private static int takeResting(Book book, List<Integer> resting, SplittableRandom random) {
        while (!resting.isEmpty()) {
            int place = random.nextInt(resting.size());
            int last = resting.remove(resting.size() - 1);
            int found = place == resting.size() ? last : resting.set(place, last);
            if (book.open(found + 1L) > 0) {
                return found;
            }
        }
        return -1;
    }

    private static final class Deaf implements BookListener {
        @Override
        public void onTrade(long makerId, long takerId, long price, long quantity) {
            // the book alone says what rests
        }

        @Override
        public void onCanceled(long orderId, long quantity) {
            // as above
        }
    }
}
