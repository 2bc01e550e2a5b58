package org.hmsach.spi.mkt;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives market data as it comes, on the feed's thread: take it quickly. */
@ConsumerType
public interface MarketListener {
    /** A new best bid and offer. {@code bidUpdated} and {@code askUpdated} say which side the feed just told. */
    default void onQuote(Quote quote, boolean bidUpdated, boolean askUpdated) {}

    /** A trade print. */
    default void onTrade(Trade trade) {}
}
