package org.hmsach.mkt.venue.internal.book;

/** All that rests at one price. */
public record PriceLevel(long price, long quantity) {}
