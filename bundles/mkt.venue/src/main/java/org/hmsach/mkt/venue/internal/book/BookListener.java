package org.hmsach.mkt.venue.internal.book;

/** Hears what a book does, in the order it happens and before the call that caused it returns. */
public interface BookListener {
    /** Two orders met; the price is always the maker's. */
    default void onTrade(long makerId, long takerId, long price, long quantity) {}

    /** The order, or what was left of it after trading, waits in the book now. */
    default void onRested(long orderId, BookSide side, long price, long quantity) {}

    /** The order left the book, or never got in, with {@code quantity} untraded. */
    default void onCanceled(long orderId, long quantity) {}

    /** The order keeps its place; {@code quantity} is left of it. */
    default void onReduced(long orderId, long quantity) {}
}
