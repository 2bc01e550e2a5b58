package org.hmsach.spi.mkt;

/**
 * Best bid and offer.
 *
 * @param symbol  the instrument
 * @param bidE8   bid price, scale 8, above 0, below {@code askE8}
 * @param bidQtyE8 displayed bid quantity, scale 8, at least 0
 * @param askE8   ask price, scale 8
 * @param askQtyE8 displayed ask quantity, scale 8, at least 0
 * @param timeMs  feed time, milliseconds since 1970 UTC
 * @param source  1 to 64 characters, e.g. {@code "simulated"}; a simulated or replayed feed says so here
 */
public record Quote(String symbol, long bidE8, long bidQtyE8, long askE8, long askQtyE8, long timeMs, String source) {
    public Quote {
        if (bidE8 <= 0 || askE8 <= bidE8 || bidQtyE8 < 0 || askQtyE8 < 0) {
            throw new IllegalArgumentException("no quote of " + symbol + ": bid " + bidE8 + " x " + bidQtyE8 + ", ask "
                    + askE8 + " x " + askQtyE8);
        }
    }
}
