package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Refused;
import org.hmsach.core.internal.codec.Rows;

/** One order: its public record and what is needed to reserve for it. */
final class OrderEntry {
    /** {@code closedDayNumber} of an order that is open. */
    static final long OPEN = -1;

    final long entry;
    final AccountState account;
    final UUID id;
    final OrderRequest request;
    final String venue;
    final Optional<UUID> replaces;
    final LocalDate businessDate;
    final long createdMs;
    OrderState state = OrderState.NEW;
    long priority;
    long filledE8;
    long filledValueE8;
    long reservedMinor;
    long reservedQtyE8;
    Optional<Replacement> replacement = Optional.empty();
    Optional<UUID> replacedBy = Optional.empty();
    Optional<Refused> refusal = Optional.empty();
    long updatedMs;
    long bodyHash;
    long reserveLimitE8;
    long feeEstimateMinor;
    long feeReservedMinor;
    long feeBookedMinor;
    long lastFillEntry;
    long closedDayNumber = OPEN;
    long replacementBodyHash;
    long replacementReserveLimitE8;
    long replacementFeeMinor;

    /** What never changes about an order. */
    record Birth(long entry, UUID id, String venue, Optional<UUID> replaces, LocalDate businessDate, long createdMs) {}

    OrderEntry(AccountState account, OrderRequest request, Birth birth) {
        this.account = account;
        this.request = request;
        this.entry = birth.entry();
        this.id = birth.id();
        this.venue = birth.venue();
        this.replaces = birth.replaces();
        this.businessDate = birth.businessDate();
        this.createdMs = birth.createdMs();
        this.updatedMs = birth.createdMs();
    }

    static OrderEntry restored(AccountState account, Rows.OrderRow row) {
        Order o = row.order();
        Birth birth = new Birth(HmsId.entry(o.id()), o.id(), o.venue(), o.replaces(), o.businessDate(), o.createdMs());
        OrderEntry e = new OrderEntry(account, o.request(), birth);
        e.state = o.state();
        e.priority = o.priority();
        e.filledE8 = o.filledE8();
        e.filledValueE8 = o.filledValueE8();
        e.reservedMinor = o.reservedMinor();
        e.reservedQtyE8 = o.reservedQtyE8();
        e.replacement = o.replacement();
        e.replacedBy = o.replacedBy();
        e.refusal = o.refusal();
        e.updatedMs = o.updatedMs();
        e.bodyHash = row.bodyHash();
        e.reserveLimitE8 = row.reserveLimitE8();
        e.feeEstimateMinor = row.feeEstimateMinor();
        e.feeReservedMinor = row.feeReservedMinor();
        e.feeBookedMinor = row.feeBookedMinor();
        e.lastFillEntry = row.lastFillEntry();
        e.closedDayNumber = row.closedDayNumber();
        e.replacementBodyHash = row.replacementBodyHash();
        e.replacementReserveLimitE8 = row.replacementReserveLimitE8();
        e.replacementFeeMinor = row.replacementFeeMinor();
        return e;
    }

    boolean isBuy() {
        return request.side() == Side.BUY;
    }

    long openE8() {
        return request.qtyE8() - filledE8;
    }

    /** Steps to a state; a step that the table does not have is a bug, since commands are checked before. */
    void become(OrderState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("order " + id + " cannot go from " + state + " to " + next);
        }
        state = next;
    }

    /** NEW or PARTIALLY_FILLED, whichever the filled quantity says. */
    OrderState workingState() {
        return filledE8 > 0 ? OrderState.PARTIALLY_FILLED : OrderState.NEW;
    }

    /** Quantity of a replacement asked for that is still to fill. */
    long replacementOpenE8() {
        return replacement.map(r -> Math.max(0, r.qtyE8() - filledE8)).orElse(0L);
    }

    Order view() {
        return new Order(
                id,
                request,
                state,
                venue,
                priority,
                filledE8,
                filledValueE8,
                reservedMinor,
                reservedQtyE8,
                replacement,
                replaces,
                replacedBy,
                refusal,
                businessDate,
                createdMs,
                updatedMs);
    }
}
