package org.hmsach.mkt.data.internal.lean;

/**
 * A line of a tick file. Prices and sizes at scale 8; times in milliseconds since midnight in New York.
 * A price of 0 in a quote line means that the line does not touch that side.
 */
public sealed interface TickRow {
    long MAX_MILLIS = 86_399_999L;

    int timeMs();

    /** A trade. */
    record Trade(int timeMs, long price, long size, String exchange) implements TickRow {}

    /** A new best bid, a new best ask, or both. */
    record Quote(int timeMs, long bid, long bidSize, long ask, long askSize) implements TickRow {}
}
