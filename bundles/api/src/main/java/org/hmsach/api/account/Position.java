package org.hmsach.api.account;

/**
 * What an account holds of one instrument.
 *
 * @param symbol          the instrument
 * @param qtyE8           quantity by trade date, scale 8, above 0
 * @param settledE8       settled quantity, scale 8
 * @param reservedE8      reserved for open sell orders, scale 8
 * @param totalCostMinor  total cost of what is held, minor units; a sale takes out its share, rounded HALF_EVEN
 * @param realisedMinor   profit or loss realised in it so far, minor units
 */
public record Position(
        String symbol, long qtyE8, long settledE8, long reservedE8, long totalCostMinor, long realisedMinor) {
    /** Quantity that a new sell order may reserve, scale 8. */
    public long availableE8() {
        return qtyE8 - reservedE8;
    }
}
