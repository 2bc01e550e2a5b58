package org.hmsach.spi.mkt;

/**
 * A trade print of a feed.
 *
 * @param symbol  the instrument
 * @param priceE8 scale 8, above 0
 * @param qtyE8   scale 8, above 0
 * @param timeMs  feed time, milliseconds since 1970 UTC
 * @param source  1 to 64 characters, as in {@link Quote}
 */
public record Trade(String symbol, long priceE8, long qtyE8, long timeMs, String source) {
    public Trade {
        if (priceE8 <= 0 || qtyE8 <= 0) {
            throw new IllegalArgumentException("no trade of " + symbol + ": price " + priceE8 + ", qty " + qtyE8);
        }
    }
}
