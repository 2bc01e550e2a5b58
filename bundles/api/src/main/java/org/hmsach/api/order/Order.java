package org.hmsach.api.order;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.refusal.Refused;

/**
 * An order as it stands after one log entry. Immutable.
 *
 * @param id             UUIDv8 of the entry that made it
 * @param request        what was asked for (of a replacing order: its own terms)
 * @param state          where it is
 * @param venue          name of the venue it goes to
 * @param priority       renewed by a replace, kept by a pure reduction; smaller comes first at one price
 * @param filledE8       filled quantity, scale 8. A replacing order starts at 0 with the open remainder as its quantity
 * @param filledValueE8  sum of price x quantity of its fills, scale 8, in the major unit of the currency
 * @param reservedMinor  cash reserved for it, minor units (buy orders)
 * @param reservedQtyE8  quantity reserved for it, scale 8 (sell orders)
 * @param replacement    the terms asked for while PENDING_REPLACE
 * @param replaces       the order it replaced
 * @param replacedBy     the order that replaced it
 * @param refusal        why it was REJECTED
 * @param businessDate   the business date it was accepted on
 * @param createdMs      entry time of acceptance or rejection, milliseconds since 1970 UTC
 * @param updatedMs      entry time of the last change, milliseconds since 1970 UTC
 */
public record Order(
        UUID id,
        OrderRequest request,
        OrderState state,
        String venue,
        long priority,
        long filledE8,
        long filledValueE8,
        long reservedMinor,
        long reservedQtyE8,
        Optional<Replacement> replacement,
        Optional<UUID> replaces,
        Optional<UUID> replacedBy,
        Optional<Refused> refusal,
        LocalDate businessDate,
        long createdMs,
        long updatedMs) {

    /** The account. */
    public UUID account() {
        return request.account();
    }

    /** Quantity not yet filled, scale 8. */
    public long openE8() {
        return request.qtyE8() - filledE8;
    }
}
