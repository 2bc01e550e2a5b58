package org.hmsach.mkt.venue.internal.book;

/** What happens to the part of an order that does not trade at once. */
public enum Remainder {
    /** It waits in the book (day, gtc). */
    RESTS,
    /** It is canceled (ioc, and every market order). */
    CANCELED,
    /** Nothing trades unless all of it does (fok). */
    ALL_OR_NOTHING
}
