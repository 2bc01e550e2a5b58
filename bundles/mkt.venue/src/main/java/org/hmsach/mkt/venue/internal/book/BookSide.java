package org.hmsach.mkt.venue.internal.book;

/** The two sides of a book; knows which of two prices comes first on it. */
public enum BookSide {
    BUY,
    SELL;

    public BookSide opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** Whether an order of this side with this limit trades against a resting price of the other side. */
    boolean reaches(long limitPrice, long restingPrice) {
        return this == BUY ? limitPrice >= restingPrice : limitPrice <= restingPrice;
    }

    /** Whether a resting price of this side comes before another one. */
    boolean isBetter(long price, long other) {
        return this == BUY ? price > other : price < other;
    }

    /** The limit that reaches every price: what a market order is to the book. */
    public long anyPrice() {
        return this == BUY ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
