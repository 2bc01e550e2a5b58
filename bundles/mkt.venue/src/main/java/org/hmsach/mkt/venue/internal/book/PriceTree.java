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

    /** The value at the key, or NONE. */
    int find(long key) {
        if (root == NONE || prefix(key) != prefix) {
            return NONE;
        }
        int node = root;
        for (int shift = (height - 1) * FAN_BITS; shift > 0; shift -= FAN_BITS) {
            int slot = (int) (key >>> shift) & SLOT;
            if (isAbsent(node, slot)) {
                return NONE;
            }
            node = child(node, slot);
        }
        int slot = (int) key & SLOT;
        return isAbsent(node, slot) ? NONE : child(node, slot);
    }

    /** Adds a value at a key that has none. @return its position */
    int add(long key, int value) {
        makeRoomFor(key);
        int node = root;
        for (int shift = (height - 1) * FAN_BITS; shift > 0; shift -= FAN_BITS) {
            int slot = (int) (key >>> shift) & SLOT;
            if (isAbsent(node, slot)) {
                attach(node, slot, newNode());
            }
            node = child(node, slot);
        }
        int slot = (int) key & SLOT;
        present[node] |= 1L << slot;
        int position = position(node, slot);
        children[position] = value;
        return position;
    }

    void remove(int position) {
        int at = position;
        while (at != NONE) {
            int node = at >> FAN_BITS;
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

    /** The value with the lowest key, or NONE. */
    int first() {
        return root == NONE ? NONE : lowest(root, present[root], height - 1);
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
                children = Arrays.copyOf(children, Math.multiplyExact(used * 2, 1 << FAN_BITS));
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

    private boolean isAbsent(int node, int slot) {
        return (present[node] & (1L << slot)) == 0;
    }

    private int child(int node, int slot) {
        return children[position(node, slot)];
    }

    private static int position(int node, int slot) {
        return (node << FAN_BITS) | slot;
    }
}
