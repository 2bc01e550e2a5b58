package org.hmsach.core.internal.machine;

import java.util.Optional;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.order.OrderState;

/** What orders keep from being spent twice: cash and fee of buys, quantity of sells. */
final class Reservations {
    private final State state;

    Reservations(State state) {
        this.state = state;
    }

    /** Cash to reserve once the terms stand; while a replacement is asked for, the larger of both. */
    static long toReserveMinor(Terms t) {
        int digits = t.account().currency.digits();
        long principal = Wide.cashUp(t.reserveLimitE8(), t.toFillE8(), digits);
        long fee = t.feeMinor();
        if (t.replaced().isPresent()) {
            OrderEntry old = t.replaced().get();
            principal = Math.max(principal, Wide.cashUp(old.reserveLimitE8, old.openE8(), digits));
            fee = Math.max(fee, old.feeReservedMinor);
        }
        return Wide.plus(principal, fee);
    }

    /** Makes the reservations of the order what its state, fills and fees ask for now. */
    void fix(OrderEntry o) {
        long cashMinor = o.isBuy() ? cashMinor(o) : 0;
        long qtyE8 = o.isBuy() || o.state.isFinal() ? 0 : Math.max(o.openE8(), o.replacementOpenE8());
        o.account.reservedMinor += cashMinor - o.reservedMinor;
        if (qtyE8 != o.reservedQtyE8) {
            o.account.reserve(o.request.symbol(), qtyE8 - o.reservedQtyE8);
        }
        o.reservedMinor = cashMinor;
        o.reservedQtyE8 = qtyE8;
        state.changes.order(o);
    }

    private static long cashMinor(OrderEntry o) {
        if (o.state.isFinal()) {
            return o.feeReservedMinor;
        }
        int digits = o.account.currency.digits();
        long principal = Wide.cashUp(o.reserveLimitE8, o.openE8(), digits);
        long fee = o.feeReservedMinor;
        if (o.state == OrderState.PENDING_REPLACE) {
            principal = Math.max(principal, Wide.cashUp(o.replacementReserveLimitE8, o.replacementOpenE8(), digits));
            fee = Math.max(fee, o.replacementFeeMinor);
        }
        return principal + fee;
    }

    /**
     * The order ends in a state: what is left of its reservations is released, except the fee of what was filled, which
     * stays until the fee is booked or the module that books fees has gone past the fill.
     */
    void close(OrderEntry o, OrderState end) {
        o.become(end);
        dropReplacement(o);
        long owed = Wide.shareUp(o.feeEstimateMinor, o.filledE8, o.request.qtyE8()) - o.feeBookedMinor;
        o.feeReservedMinor = Math.max(0, Math.min(o.feeReservedMinor, owed));
        o.updatedMs = state.time.timeMs();
        state.orders.closed(o, state.time.dayNumber());
        fix(o);
    }

    /** Forgets the replacement asked for; its client order id is free again unless the replacing order stands. */
    void dropReplacement(OrderEntry o) {
        o.replacement.ifPresent(r -> o.account.forgetClient(r.clientOrderId(), HmsId.entry(r.newId())));
        o.replacement = Optional.empty();
        o.replacementBodyHash = 0;
        o.replacementReserveLimitE8 = 0;
        o.replacementFeeMinor = 0;
    }

    /** A fee of the order was booked: so much less is reserved for it. */
    void feeBooked(OrderEntry o, long amountMinor) {
        o.feeBookedMinor = Wide.plus(o.feeBookedMinor, amountMinor);
        o.feeReservedMinor = Math.max(0, o.feeReservedMinor - amountMinor);
        if (o.state.isFinal() && o.feeReservedMinor == 0) {
            state.orders.owesNoFees(o);
        }
        fix(o);
    }

    /**
     * The module that books fees has finished the entry: what closed orders still reserve for fills up to the entry
     * after it is free, since the module moves its bookmark when it comes to the next fill, having booked all before.
     */
    void feesFinishedUntil(long entry) {
        for (OrderEntry o : state.orders.owingFeesUntil(entry + 1)) {
            o.feeReservedMinor = 0;
            state.orders.owesNoFees(o);
            fix(o);
        }
    }
}
