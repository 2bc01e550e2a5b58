package org.hmsach.mkt.venue.internal.book;

import java.util.Arrays;

/**
 * The resting orders of one book, four words each in one array: an order costs the collector nothing. A slot is an
 * order's place in it; slots of orders that left are used again.
 */
final class Orders {
    static final int NONE = -1;

    private static final int ID = 0;
    private static final int OPEN = 1;
    private static final int LINKS = 2;
    private static final int PLACE = 3;
    private static final int WORDS_BITS = 2;
    private static final long LOW = 0xffff_ffffL;

    private long[] words = new long[64 << WORDS_BITS];
    private int used;
    private int firstFree = NONE;

    /** A slot for the order, in no queue yet. */
    int add(long id, long open) {
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
        words[at + ID] = id;
        words[at + OPEN] = open;
        words[at + LINKS] = -1L;
        return slot;
    }

    void free(int slot) {
        setNext(slot, firstFree);
        firstFree = slot;
    }

    long id(int slot) {
        return words[(slot << WORDS_BITS) + ID];
    }

    long open(int slot) {
        return words[(slot << WORDS_BITS) + OPEN];
    }

    void setOpen(int slot, long open) {
        words[(slot << WORDS_BITS) + OPEN] = open;
    }

    /** The order behind this one in its queue, or NONE. */
    int next(int slot) {
        return (int) words[(slot << WORDS_BITS) + LINKS];
    }

    void setNext(int slot, int next) {
        int at = (slot << WORDS_BITS) + LINKS;
        words[at] = (words[at] & ~LOW) | (next & LOW);
    }

    /** The order before this one in its queue, or NONE. */
    int previous(int slot) {
        return (int) (words[(slot << WORDS_BITS) + LINKS] >>> 32);
    }

    void setPrevious(int slot, int previous) {
        int at = (slot << WORDS_BITS) + LINKS;
        words[at] = (words[at] & LOW) | ((long) previous << 32);
    }

    BookSide side(int slot) {
        return (words[(slot << WORDS_BITS) + PLACE] & 1) == 0 ? BookSide.BUY : BookSide.SELL;
    }

    /** The level of its side's ladder in whose queue the order stands. */
    int level(int slot) {
        return (int) (words[(slot << WORDS_BITS) + PLACE] >> 1);
    }

    void setPlace(int slot, BookSide side, int level) {
        words[(slot << WORDS_BITS) + PLACE] = ((long) level << 1) | side.ordinal();
    }
}
