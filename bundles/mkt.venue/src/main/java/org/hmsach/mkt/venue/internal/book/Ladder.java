package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.List;

/**
 * The levels of one side, best price first, each with a queue of orders; levels and orders are slots.
 *
 * <p>The tree of levels counts prices in the largest step that divides all of them, so that prices of scale 8 a cent
 * apart are neighbours; a price that does not fit makes the step smaller, once.
 */
final class Ladder {
    private static final int NONE = Slots.NONE;

    private final BookSide side;
    private final Slots slots;
    private final PriceTree tree = new PriceTree();
    private int best = NONE;
    private long step;

    Ladder(BookSide side, Slots slots) {
        this.side = side;
        this.slots = slots;
    }

    /** The level with the best price, or NONE. */
    int best() {
        return best;
    }

    /** Puts the order at the end of its price; false, and it is not in, when the sum would not fit in a long. */
    boolean append(int order, long price) {
        int position = tree.claim(key(price));
        int level = tree.value(position);
        long quantity = slots.quantity(order);
        if (level == NONE) {
            level = slots.add(price, quantity);
            slots.setPosition(level, position);
            tree.set(position, level);
            if (best == NONE || side.isBetter(price, slots.name(best))) {
                best = level;
            }
        } else if (quantity > Long.MAX_VALUE - slots.quantity(level)) {
            return false;
        } else {
            slots.setQuantity(level, slots.quantity(level) + quantity);
        }
        slots.link(order, level);
        slots.setLevel(order, level, side);
        return true;
    }

    /** Takes so much off an order that keeps its place. */
    void take(int order, long quantity) {
        slots.take(order, quantity);
        slots.take(slots.level(order), quantity);
    }

    void remove(int order) {
        int level = slots.level(order);
        slots.unlink(order);
        slots.take(level, slots.quantity(order));
        if (slots.next(level) == level) {
            int position = slots.position(level);
            if (level == best) {
                best = tree.next(position);
            }
            tree.remove(position);
            slots.free(level);
        }
    }

    /** Whether at least {@code quantity} rests at prices that the limit of the other side's taker reaches. */
    boolean holds(long quantity, long limitPrice) {
        BookSide taker = side.opposite();
        long missing = quantity;
        for (int level = best; level != NONE && taker.reaches(limitPrice, slots.name(level)); level = next(level)) {
            missing -= slots.quantity(level);
            if (missing <= 0) {
                return true;
            }
        }
        return false;
    }

    List<PriceLevel> levels() {
        List<PriceLevel> result = new ArrayList<>();
        for (int level = best; level != NONE; level = next(level)) {
            result.add(new PriceLevel(slots.name(level), slots.quantity(level)));
        }
        return result;
    }

    List<RestingOrder> orders() {
        List<RestingOrder> result = new ArrayList<>();
        for (int level = best; level != NONE; level = next(level)) {
            for (int order = slots.next(level); order != level; order = slots.next(order)) {
                result.add(view(order));
            }
        }
        return result;
    }

    RestingOrder view(int order) {
        long price = slots.name(slots.level(order));
        return new RestingOrder(slots.name(order), side, price, slots.quantity(order));
    }

    private int next(int level) {
        return tree.next(slots.position(level));
    }

    /** Unsigned, lower for better prices. */
    private long key(long price) {
        if (step == 1) {
            return unsigned(price);
        }
        if (step == 0 || price % step != 0) {
            shorten(price);
        }
        return unsigned(price / step);
    }

    private long unsigned(long steps) {
        return steps ^ (side == BookSide.BUY ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    private void shorten(long price) {
        step = Math.max(1, commonStep(step, price));
        List<Integer> levels = new ArrayList<>();
        for (int level = best; level != NONE; level = next(level)) {
            levels.add(level);
        }
        tree.clear();
        for (int level : levels) {
            int position = tree.claim(unsigned(slots.name(level) / step));
            tree.set(position, level);
            slots.setPosition(level, position);
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
