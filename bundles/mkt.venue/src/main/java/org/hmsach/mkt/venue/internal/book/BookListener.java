package org.hmsach.mkt.venue.internal.book;

/** Hears what a book does, in the order it happens and before the call that caused it returns. */
public interface BookListener {
    default void onTrade(Trade trade) {}

    /** The order, or what was left of it after trading, waits in the book now. */
    default void onRested(RestingOrder order) {}

    /** The order left the book, or never got in, with {@code quantity} untraded. */
    default void onCanceled(long orderId, long quantity) {}

    /** The order keeps its place; {@code quantity} is left of it. */
    default void onReduced(long orderId, long quantity) {}
}
