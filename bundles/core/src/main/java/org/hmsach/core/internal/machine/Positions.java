package org.hmsach.core.internal.machine;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.hmsach.api.account.Position;

/** The positions of an account, sorted by symbol in one small array: most accounts have few. */
final class Positions implements Iterable<Position> {
    private static final Position[] NONE = {};

    private Position[] sorted = NONE;

    Optional<Position> find(String symbol) {
        int place = place(symbol);
        return place < 0 ? Optional.empty() : Optional.of(sorted[place]);
    }

    void put(Position position) {
        int place = place(position.symbol());
        if (place < 0) {
            place = -place - 1;
            Position[] more = Arrays.copyOf(sorted, sorted.length + 1);
            System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
            sorted = more;
        }
        sorted[place] = position;
    }

    int size() {
        return sorted.length;
    }

    @Override
    public Iterator<Position> iterator() {
        return Arrays.asList(sorted).iterator();
    }

    /** Where the symbol is, or -1 - where it belongs. */
    private int place(String symbol) {
        int from = 0;
        int to = sorted.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = sorted[middle].symbol().compareTo(symbol);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -from - 1;
    }
}
