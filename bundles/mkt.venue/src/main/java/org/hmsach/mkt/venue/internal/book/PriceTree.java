package org.hmsach.mkt.venue.internal.book;

import java.util.Arrays;

/**
 * Values by unsigned key, in order: a tree whose nodes have 64 children and a word that tells which are there, only as
 * high as the keys differ. A position is where a value stands; it holds until the value is removed.
 */
final class PriceTree {
    static final int NONE = -1;

    private static final int FAN_BITS = 6;
    private static final int SLOT = (1 << FAN_BITS) - 1;
    private static final int HIGHEST = (Long.SIZE + FAN_BITS - 1) / FAN_BITS;

    private long[] present = new long[16];
    private int[] parents = new int[16];
    private int[] children = new int[16 << FAN_BITS];
    private int used;
    private int firstFree = NONE;
    private int root = NONE;
    private int height;
    private long prefix;

    PriceTree() {
        Arrays.fill(children, NONE);
    }

    /** The position of the key; its value is NONE when there was none, and must be set then. */
    int claim(long key) {
        makeRoomFor(key);
        int node = root;
        for (int shift = (height - 1) * FAN_BITS; shift > 0; shift -= FAN_BITS) {
            int slot = (int) (key >>> shift) & SLOT;
            int child = child(node, slot);
            if (child == NONE) {
                child = newNode();
                attach(node, slot, child);
            }
            node = child;
        }
        int slot = (int) key & SLOT;
        present[node] |= 1L << slot;
        return position(node, slot);
    }

    int value(int position) {
        return children[position];
    }

    void set(int position, int value) {
        children[position] = value;
    }

    void remove(int position) {
        int at = position;
        while (at != NONE) {
            int node = at >> FAN_BITS;
            children[at] = NONE;
            present[node] &= ~(1L << at);
            if (present[node] != 0) {
                return;
            }
            at = parents[node];
            parents[node] = firstFree;
            firstFree = node;
        }
        root = NONE;
    }

    /** The value with the next higher key, or NONE. */
    int next(int position) {
        int at = position;
        for (int above = 0; at != NONE; above++) {
            int node = at >> FAN_BITS;
            long higher = present[node] & (-2L << at);
            if (higher != 0) {
                return lowest(node, higher, above);
            }
            at = parents[node];
        }
        return NONE;
    }

    void clear() {
        Arrays.fill(children, 0, used << FAN_BITS, NONE);
        used = 0;
        firstFree = NONE;
        root = NONE;
    }

    private int lowest(int start, long startPresent, int steps) {
        int value = child(start, Long.numberOfTrailingZeros(startPresent));
        for (int left = steps; left > 0; left--) {
            value = child(value, Long.numberOfTrailingZeros(present[value]));
        }
        return value;
    }

    private void makeRoomFor(long key) {
        if (root == NONE) {
            root = newNode();
            parents[root] = NONE;
            height = 1;
            prefix = prefix(key);
        }
        while (prefix(key) != prefix) {
            int above = newNode();
            parents[above] = NONE;
            attach(above, (int) prefix & SLOT, root);
            root = above;
            prefix >>>= FAN_BITS;
            height++;
        }
    }

    private void attach(int node, int slot, int child) {
        present[node] |= 1L << slot;
        children[position(node, slot)] = child;
        parents[child] = position(node, slot);
    }

    private int newNode() {
        int node = firstFree;
        if (node == NONE) {
            node = used++;
            if (used > present.length) {
                present = Arrays.copyOf(present, used * 2);
                parents = Arrays.copyOf(parents, used * 2);
                int before = children.length;
                children = Arrays.copyOf(children, Math.multiplyExact(used * 2, 1 << FAN_BITS));
                Arrays.fill(children, before, children.length, NONE);
            }
        } else {
            firstFree = parents[node];
        }
        present[node] = 0;
        return node;
    }

    private long prefix(long key) {
        return height >= HIGHEST ? 0 : key >>> (height * FAN_BITS);
    }

    private int child(int node, int slot) {
        return children[position(node, slot)];
    }

    private static int position(int node, int slot) {
        return (node << FAN_BITS) | slot;
    }
}
