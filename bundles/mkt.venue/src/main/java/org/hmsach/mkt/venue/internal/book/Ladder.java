package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** The levels of one side, best price first. */
final class Ladder {
    private final TreeMap<Long, Level> levels;

    Ladder(BookSide side) {
        this.levels = side == BookSide.BUY ? new TreeMap<>(Collections.reverseOrder()) : new TreeMap<>();
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Only on a ladder that is not empty. */
    Level best() {
        return levels.firstEntry().getValue();
    }

    /** False when the sum of the level would no longer fit in a long; the node is not in then. */
    boolean append(long price, Level.Node node) {
        Level level = levels.computeIfAbsent(price, Level::new);
        if (node.open > Long.MAX_VALUE - level.quantity) {
            return false;
        }
        level.append(node);
        return true;
    }

    void remove(Level.Node node) {
        Level level = node.level;
        level.remove(node);
        if (level.isEmpty()) {
            levels.remove(level.price);
        }
    }

    /** Whether at least {@code quantity} rests at prices that the limit reaches. */
    boolean holds(long quantity, BookSide taker, long limitPrice) {
        long missing = quantity;
        for (Level level : levels.values()) {
            if (!taker.reaches(limitPrice, level.price)) {
                return false;
            }
            missing -= level.quantity;
            if (missing <= 0) {
                return true;
            }
        }
        return false;
    }

    List<PriceLevel> levels() {
        List<PriceLevel> result = new ArrayList<>(levels.size());
        for (Level level : levels.values()) {
            result.add(new PriceLevel(level.price, level.quantity));
        }
        return result;
    }

    List<RestingOrder> orders() {
        List<RestingOrder> result = new ArrayList<>();
        for (Level level : levels.values()) {
            for (Level.Node node = level.first; node != null; node = node.next) {
                result.add(node.view());
            }
        }
        return result;
    }
}
