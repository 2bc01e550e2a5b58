package org.hmsach.api.rule;

/**
 * The price that an order is judged by, attached at intake.
 *
 * @param priceE8    scale 8, above 0
 * @param source     where it comes from, e.g. {@code "simulated"}, {@code "replay:2013-10-07 ask"}; 1 to 64 characters
 * @param feedTimeMs the feed's time of the price, milliseconds since 1970 UTC
 */
public record ReferencePrice(long priceE8, String source, long feedTimeMs) {
    public ReferencePrice {
        if (priceE8 <= 0) {
            throw new IllegalArgumentException("priceE8 " + priceE8 + " is not above 0");
        }
        if (source.isEmpty() || source.length() > 64) {
            throw new IllegalArgumentException("source has " + source.length() + " characters, 1 to 64 are allowed");
        }
    }
}
