package org.hmsach.mkt.venue.internal.book;

import java.util.Arrays;

/**
 * The resting orders and the levels of one book, four words each in one array: they cost the collector nothing. A slot
 * is a place in it, used again when it is free. A level and the orders at its price are linked to a ring: behind the
 * level comes the first order, behind the last order the level.
 */
final class Slots {
    static final int NONE = -1;

    /** An order's id, a level's price. */
    private static final int NAME = 0;
    /** An order's open quantity, a level's sum of them. */
    private static final int QUANTITY = 1;
    /** Next in the low half, previous in the high one. */
    private static final int LINKS = 2;
    /** An order's level and side, a level's position in the tree of prices. */
    private static final int PLACE = 3;

    private static final int WORDS_BITS = 2;
    private static final long LOW = 0xffff_ffffL;

    private long[] words = new long[64 << WORDS_BITS];
    private int used;
    private int firstFree = NONE;

    /** A slot that is linked to itself. */
    int add(long name, long quantity) {
        int slot = firstFree;
        if (slot == NONE) {
            slot = used++;
            if (used << WORDS_BITS > words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
            }
        } else {
            firstFree = next(slot);
        }
        int at = slot << WORDS_BITS;
        words[at + NAME] = name;
        words[at + QUANTITY] = quantity;
        words[at + LINKS] = links(slot, slot);
        return slot;
    }

    void free(int slot) {
        words[(slot << WORDS_BITS) + LINKS] = links(NONE, firstFree);
        firstFree = slot;
    }

    /** An order's id, a level's price. */
    long name(int slot) {
        return words[(slot << WORDS_BITS) + NAME];
    }

    /** What is open of an order, or of all orders of a level. */
    long quantity(int slot) {
        return words[(slot << WORDS_BITS) + QUANTITY];
    }

    void setQuantity(int slot, long quantity) {
        words[(slot << WORDS_BITS) + QUANTITY] = quantity;
    }

    void take(int slot, long quantity) {
        words[(slot << WORDS_BITS) + QUANTITY] -= quantity;
    }

    int next(int slot) {
        return (int) words[(slot << WORDS_BITS) + LINKS];
    }

    /** Puts the order at the end of the level's queue. */
    void link(int order, int level) {
        int last = (int) (words[(level << WORDS_BITS) + LINKS] >>> 32);
        setNext(last, order);
        setPrevious(level, order);
        words[(order << WORDS_BITS) + LINKS] = links(last, level);
    }

    void unlink(int order) {
        long links = words[(order << WORDS_BITS) + LINKS];
        int next = (int) links;
        int previous = (int) (links >>> 32);
        setNext(previous, next);
        setPrevious(next, previous);
    }

    BookSide side(int order) {
        return (words[(order << WORDS_BITS) + PLACE] & 1) == 0 ? BookSide.BUY : BookSide.SELL;
    }

    /** The level of its side's ladder in whose queue the order stands. */
    int level(int order) {
        return (int) (words[(order << WORDS_BITS) + PLACE] >> 1);
    }

    void setLevel(int order, int level, BookSide side) {
        words[(order << WORDS_BITS) + PLACE] = ((long) level << 1) | side.ordinal();
    }

    int position(int level) {
        return (int) words[(level << WORDS_BITS) + PLACE];
    }

    void setPosition(int level, int position) {
        words[(level << WORDS_BITS) + PLACE] = position;
    }

    private void setNext(int slot, int next) {
        int at = (slot << WORDS_BITS) + LINKS;
        words[at] = (words[at] & ~LOW) | next;
    }

    private void setPrevious(int slot, int previous) {
        int at = (slot << WORDS_BITS) + LINKS;
        words[at] = (words[at] & LOW) | ((long) previous << 32);
    }

    private static long links(int previous, int next) {
        return ((long) previous << 32) | (next & LOW);
    }
}
