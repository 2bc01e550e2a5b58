package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The levels of one side, best price first, each with a queue of orders. A level is a number: its place in the arrays.
 *
 * <p>The tree of levels counts prices in the largest step that divides all of them, so that prices of scale 8 a cent
 * apart are neighbours; a price that does not fit makes the step smaller, once.
 */
final class Ladder {
    static final int NONE = -1;

    private static final int PRICE = 0;
    private static final int QUANTITY = 1;
    private static final int QUEUE = 2;
    private static final int POSITION = 3;
    private static final int WORDS_BITS = 2;
    private static final long LOW = 0xffff_ffffL;

    private final BookSide side;
    private final Orders orders;
    private final PriceTree tree = new PriceTree();
    private long[] words = new long[64 << WORDS_BITS];
    private int used;
    private int firstFree = NONE;
    private int best = NONE;
    private long step;

    Ladder(BookSide side, Orders orders) {
        this.side = side;
        this.orders = orders;
    }

    /** The level with the best price, or NONE. */
    int best() {
        return best;
    }

    /** The level behind this one, or NONE. */
    int next(int level) {
        return tree.next((int) words[(level << WORDS_BITS) + POSITION]);
    }

    long price(int level) {
        return words[(level << WORDS_BITS) + PRICE];
    }

    long quantity(int level) {
        return words[(level << WORDS_BITS) + QUANTITY];
    }

    /** The order of the level that came first. */
    int first(int level) {
        return (int) words[(level << WORDS_BITS) + QUEUE];
    }

    /** Puts the order at the end of its price; false, and it is not in, when the sum would not fit in a long. */
    boolean append(int order, long price) {
        long key = key(price);
        int level = tree.find(key);
        long open = orders.open(order);
        if (level == NONE) {
            level = add(key, price, open, order);
        } else if (open > Long.MAX_VALUE - quantity(level)) {
            return false;
        } else {
            int last = last(level);
            orders.setNext(last, order);
            orders.setPrevious(order, last);
            setQueue(level, first(level), order);
            words[(level << WORDS_BITS) + QUANTITY] += open;
        }
        orders.setPlace(order, side, level);
        return true;
    }

    /** Takes so much off an order that keeps its place. */
    void take(int order, long quantity) {
        orders.setOpen(order, orders.open(order) - quantity);
        words[(orders.level(order) << WORDS_BITS) + QUANTITY] -= quantity;
    }

    void remove(int order) {
        int level = orders.level(order);
        int previous = orders.previous(order);
        int next = orders.next(order);
        if (previous == NONE && next == NONE) {
            drop(level);
            return;
        }
        if (previous != NONE) {
            orders.setNext(previous, next);
        }
        if (next != NONE) {
            orders.setPrevious(next, previous);
        }
        setQueue(level, previous == NONE ? next : first(level), next == NONE ? previous : last(level));
        words[(level << WORDS_BITS) + QUANTITY] -= orders.open(order);
    }

    /** Whether at least {@code quantity} rests at prices that the limit of the other side's taker reaches. */
    boolean holds(long quantity, long limitPrice) {
        BookSide taker = side.opposite();
        long missing = quantity;
        for (int level = best; level != NONE && taker.reaches(limitPrice, price(level)); level = next(level)) {
            missing -= quantity(level);
            if (missing <= 0) {
                return true;
            }
        }
        return false;
    }

    List<PriceLevel> levels() {
        List<PriceLevel> result = new ArrayList<>();
        for (int level = best; level != NONE; level = next(level)) {
            result.add(new PriceLevel(price(level), quantity(level)));
        }
        return result;
    }

    List<RestingOrder> orders() {
        List<RestingOrder> result = new ArrayList<>();
        for (int level = best; level != NONE; level = next(level)) {
            for (int order = first(level); order != NONE; order = orders.next(order)) {
                result.add(view(order));
            }
        }
        return result;
    }

    RestingOrder view(int order) {
        return new RestingOrder(orders.id(order), side, price(orders.level(order)), orders.open(order));
    }

    private int add(long key, long price, long quantity, int order) {
        int level = firstFree;
        if (level == NONE) {
            level = used++;
            if (used << WORDS_BITS > words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
            }
        } else {
            firstFree = first(level);
        }
        int at = level << WORDS_BITS;
        words[at + PRICE] = price;
        words[at + QUANTITY] = quantity;
        words[at + POSITION] = tree.add(key, level);
        setQueue(level, order, order);
        if (best == NONE || side.isBetter(price, price(best))) {
            best = level;
        }
        return level;
    }

    private void drop(int level) {
        int position = (int) words[(level << WORDS_BITS) + POSITION];
        if (level == best) {
            best = tree.next(position);
        }
        tree.remove(position);
        setQueue(level, firstFree, NONE);
        firstFree = level;
    }

    private int last(int level) {
        return (int) (words[(level << WORDS_BITS) + QUEUE] >>> 32);
    }

    private void setQueue(int level, int first, int last) {
        words[(level << WORDS_BITS) + QUEUE] = ((long) last << 32) | (first & LOW);
    }

    /** Unsigned, lower for better prices. */
    private long key(long price) {
        if (step == 0) {
            shorten(price);
        }
        long steps = price / step;
        if (steps * step != price) {
            shorten(price);
            steps = price / step;
        }
        return key(steps, side);
    }

    private static long key(long steps, BookSide side) {
        long unsigned = steps ^ Long.MIN_VALUE;
        return side == BookSide.BUY ? ~unsigned : unsigned;
    }

    private void shorten(long price) {
        step = Math.max(1, commonStep(step, price));
        int level = best;
        List<Integer> all = new ArrayList<>();
        for (; level != NONE; level = next(level)) {
            all.add(level);
        }
        tree.clear();
        for (int each : all) {
            words[(each << WORDS_BITS) + POSITION] = tree.add(key(price(each) / step, side), each);
        }
    }

    private static long commonStep(long step, long price) {
        long a = step;
        long b = price == Long.MIN_VALUE ? 1 : Math.abs(price);
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
