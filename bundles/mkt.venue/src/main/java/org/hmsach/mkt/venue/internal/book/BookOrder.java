package org.hmsach.mkt.venue.internal.book;

import java.util.Objects;

/**
 * An order as it comes to the book.
 *
 * @param id         unique among the orders in the book
 * @param limitPrice any exact unit (ticks, or scale 8) as long as one book uses one
 * @param quantity   above zero, any exact unit
 */
public record BookOrder(long id, BookSide side, long limitPrice, long quantity, Remainder remainder) {
    public BookOrder {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(remainder, "remainder");
        if (quantity <= 0) {
            throw new IllegalArgumentException("quantity must be above zero: " + quantity);
        }
    }

    /** An order without a limit; what does not trade at once is canceled. */
    public static BookOrder market(long id, BookSide side, long quantity) {
        return new BookOrder(id, side, side.anyPrice(), quantity, Remainder.CANCELED);
    }

    /** An order without a limit that trades whole or not at all. */
    public static BookOrder marketAllOrNothing(long id, BookSide side, long quantity) {
        return new BookOrder(id, side, side.anyPrice(), quantity, Remainder.ALL_OR_NOTHING);
    }
}
