package org.hmsach.mkt.venue.internal.book;

/** An order in the book as seen from outside; {@code quantity} is what is still open. */
public record RestingOrder(long id, BookSide side, long price, long quantity) {}
