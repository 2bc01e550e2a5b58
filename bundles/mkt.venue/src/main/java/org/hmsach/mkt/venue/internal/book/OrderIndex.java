package org.hmsach.mkt.venue.internal.book;

import java.util.Arrays;

/** Finds the slot of an order id: an open table of slots, half full at most, whose keys are the ids in the slots. */
final class OrderIndex {
    private static final int NONE = Slots.NONE;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final Slots slots;
    private int[] table = newTable(256);
    private int shift = Long.numberOfLeadingZeros(256) + 1;
    private int size;

    OrderIndex(Slots slots) {
        this.slots = slots;
    }

    int size() {
        return size;
    }

    /** The slot of the order, or NONE. */
    int find(long id) {
        int mask = table.length - 1;
        for (int at = home(id); ; at = (at + 1) & mask) {
            int slot = table[at];
            if (slot == NONE || slots.name(slot) == id) {
                return slot;
            }
        }
    }

    /** Only for an id that is not in. */
    void add(int slot) {
        if (++size > table.length / 2) {
            grow();
        }
        insert(slot);
    }

    /** Only for an id that is in. Those behind it move up, so that no search ends too soon. */
    void remove(int slot) {
        int mask = table.length - 1;
        int gap = home(slots.name(slot));
        while (table[gap] != slot) {
            gap = (gap + 1) & mask;
        }
        for (int at = (gap + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
            int home = home(slots.name(table[at]));
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                table[gap] = table[at];
                gap = at;
            }
        }
        table[gap] = NONE;
        size--;
    }

    private void insert(int slot) {
        int mask = table.length - 1;
        int at = home(slots.name(slot));
        while (table[at] != NONE) {
            at = (at + 1) & mask;
        }
        table[at] = slot;
    }

    private void grow() {
        int[] old = table;
        table = newTable(Math.multiplyExact(old.length, 2));
        shift--;
        for (int slot : old) {
            if (slot != NONE) {
                insert(slot);
            }
        }
    }

    private int home(long id) {
        return (int) ((id * SPREAD) >>> shift);
    }

    private static int[] newTable(int length) {
        int[] table = new int[length];
        Arrays.fill(table, NONE);
        return table;
    }
}
