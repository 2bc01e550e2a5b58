package org.hmsach.core.internal.machine;

/**
 * A fill as it will be booked.
 *
 * @param venue    where
 * @param execId   execution id
 * @param qtyE8    quantity, scale 8
 * @param priceE8  price, scale 8
 * @param cashMinor price x quantity, rounded once HALF_EVEN; the same on both legs
 * @param valueE8  price x quantity at scale 8
 */
record Fill(String venue, String execId, long qtyE8, long priceE8, long cashMinor, long valueE8) {
    static Fill of(String venue, String execId, long qtyE8, long priceE8, int digits) {
        return new Fill(venue, execId, qtyE8, priceE8, Wide.cash(priceE8, qtyE8, digits), Wide.valueE8(priceE8, qtyE8));
    }

    /** Whether all its numbers fit, also added to what the order has filled. */
    boolean fits(OrderEntry o) {
        return cashMinor <= Ledger.MAX_LEG
                && qtyE8 <= Ledger.MAX_LEG
                && valueE8 <= Ledger.MAX_LEG
                && o.filledValueE8 <= Ledger.MAX_BALANCE;
    }
}
