package org.hmsach.mkt.venue.internal.book;

/** Two orders met; the price is always the maker's. */
public record Trade(long makerId, long takerId, BookSide takerSide, long price, long quantity) {}
