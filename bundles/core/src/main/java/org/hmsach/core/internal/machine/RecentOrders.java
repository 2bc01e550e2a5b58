package org.hmsach.core.internal.machine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.hmsach.core.internal.codec.Rows;

/** The orders of an account that the rate and duplicate limits still see, oldest first, in a ring. */
final class RecentOrders {
    private static final int SMALLEST = 4;

    // most accounts have no recent order: they pay for no ring
    private Rows.Recent[] ring = new Rows.Recent[0];
    private int head;
    private int size;

    void add(Rows.Recent order) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = order;
        size++;
    }

    void forgetUntil(long timeMs) {
        while (size > 0 && get(0).timeMs() <= timeMs) {
            ring[head] = null;
            head = (head + 1) & (ring.length - 1);
            size--;
        }
    }

    /** How many came after the time. */
    int countAfter(long timeMs) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (get(middle).timeMs() <= timeMs) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return size - from;
    }

    /** Whether one with the same terms came after the time. */
    boolean hasSameAfter(Rows.Recent terms, long timeMs) {
        for (int i = size - 1; i >= 0 && get(i).timeMs() > timeMs; i--) {
            Rows.Recent r = get(i);
            if (r.qtyE8() == terms.qtyE8()
                    && r.priceE8() == terms.priceE8()
                    && r.side() == terms.side()
                    && r.symbol().equals(terms.symbol())) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<Rows.Recent> each) {
        for (int i = 0; i < size; i++) {
            each.accept(get(i));
        }
    }

    private Rows.Recent get(int i) {
        return ring[(head + i) & (ring.length - 1)];
    }

    private void grow() {
        Rows.Recent[] bigger = Arrays.copyOf(ring, Math.max(SMALLEST, ring.length * 2));
        for (int i = 0; i < size; i++) {
            bigger[i] = get(i);
        }
        ring = bigger;
        head = 0;
    }
}
