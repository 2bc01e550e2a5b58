package org.hmsach.api.order;

import java.time.LocalDate;

/**
 * One fill of one order.
 *
 * @param execId     unique within (venue, incarnation), 1 to 64 printable ASCII characters (FIX tag 17)
 * @param venue      where
 * @param qtyE8      filled quantity, scale 8
 * @param priceE8    price, scale 8
 * @param cashMinor  price x quantity, rounded once (HALF_EVEN), minor units; the same on both legs
 * @param tradeDate  business date of the trade
 * @param settleDate business date on which it settles
 */
public record Execution(
        String execId,
        String venue,
        long qtyE8,
        long priceE8,
        long cashMinor,
        LocalDate tradeDate,
        LocalDate settleDate) {}
