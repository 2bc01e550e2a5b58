package org.hmsach.testkit.contract;

import java.util.UUID;

/**
 * What a venue told, once per order it concerns: a trade is two of them.
 *
 * @param kind    what
 * @param cause   the entry that made the venue act
 * @param order   the order
 * @param execId  execution id of fills; else empty
 * @param qtyE8   filled quantity, scale 8; else 0
 * @param priceE8 price of the fill, scale 8; else 0
 */
public record VenueReport(Kind kind, long cause, UUID order, String execId, long qtyE8, long priceE8) {
    /** Kinds of reports. */
    public enum Kind {
        FILLED,
        CANCELED,
        REJECTED,
        REPLACED,
        CANCEL_REJECTED,
        REPLACE_REJECTED
    }
}
