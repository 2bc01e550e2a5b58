package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.id.Shape;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.tape.Events;

/** Replacements: the request, and the replacing order once the venue says so. */
final class ReplaceDesk {
    private final State state;
    private final OrderDesk orders;
    private final Reservations reservations;

    ReplaceDesk(State state, OrderDesk orders, Reservations reservations) {
        this.state = state;
        this.orders = orders;
        this.reservations = reservations;
    }

    Answer request(Commands.ReplaceOrder c) {
        Optional<OrderEntry> found = state.orders.find(c.order());
        if (found.isEmpty()) {
            return Shapes.notFound("order", "order " + c.order() + " does not exist");
        }
        OrderEntry o = found.get();
        Optional<Answer> stopped = orders.mayTrade(o.account);
        if (stopped.isEmpty()) {
            stopped = orders.seenBefore(o.account, c.clientOrderId(), c.bodyHash());
        }
        if (stopped.isEmpty() && o.state != OrderState.NEW && o.state != OrderState.PARTIALLY_FILLED) {
            stopped = Optional.of(OrderDesk.illegal(o, "replaced"));
        }
        if (stopped.isEmpty()) {
            stopped = wellFormed(c, o);
        }
        return stopped.orElseGet(() -> judged(c, o));
    }

    private static Optional<Answer> wellFormed(Commands.ReplaceOrder c, OrderEntry o) {
        if (!Shape.isPrintable(c.clientOrderId(), 128)) {
            return Optional.of(
                    Shapes.invalid("client_order_id", "client order id is not 1 to 128 printable ASCII characters"));
        }
        if (c.feeEstimateMinor() < 0 || c.feeEstimateMinor() > OrderDesk.MAX_FEE_MINOR) {
            return Optional.of(Shapes.invalid("fee_estimate", "fee estimate is out of range"));
        }
        long qty = c.qtyE8().orElse(o.request.qtyE8());
        if (qty <= o.filledE8) {
            return Optional.of(Shapes.invalid(
                    "qty", "new quantity " + Scale8.text(qty) + " is not above the filled " + Scale8.text(o.filledE8)));
        }
        if (c.limitPriceE8().isPresent() && o.request.type() != OrderType.LIMIT) {
            return Optional.of(Shapes.invalid("limit_price", "a market order has no limit price"));
        }
        if (c.limitPriceE8().isPresent() && c.limitPriceE8().getAsLong() <= 0) {
            return Optional.of(Shapes.invalid(
                    "limit_price", "limit price " + OrderDesk.text(c.limitPriceE8()) + " is not above 0"));
        }
        return Optional.empty();
    }

    private Answer judged(Commands.ReplaceOrder c, OrderEntry o) {
        Terms terms = terms(c, o);
        VerdictList verdicts = new VerdictList(false);
        orders.judge(terms, verdicts);
        if (verdicts.refusal().isPresent()) {
            String detail = verdicts.refusal().get().detail();
            orders.emit(o, Events.OrderEventKind.ORDER_REPLACE_REJECTED, verdicts.verdicts(), detail);
            return new Answer(Optional.of(o.id), false, verdicts.refusal());
        }
        UUID newId = state.newId();
        OrderRequest r = terms.request();
        o.become(OrderState.PENDING_REPLACE);
        o.replacement =
                Optional.of(new Replacement(newId, r.clientOrderId(), r.timeInForce(), r.qtyE8(), r.limitPriceE8()));
        o.replacementBodyHash = c.bodyHash();
        o.replacementReserveLimitE8 = terms.reserveLimitE8();
        o.replacementFeeMinor = o.isBuy() ? c.feeEstimateMinor() : 0;
        o.updatedMs = state.time.timeMs();
        o.account.putClient(r.clientOrderId(), new AccountState.ClientRef(state.time.entry(), c.bodyHash()));
        reservations.fix(o);
        orders.remember(terms);
        orders.emit(o, Events.OrderEventKind.PENDING_REPLACE, verdicts.verdicts(), "");
        return Answer.done(newId);
    }

    private Terms terms(Commands.ReplaceOrder c, OrderEntry o) {
        OrderRequest old = o.request;
        OptionalLong limit = c.limitPriceE8().isPresent() ? c.limitPriceE8() : old.limitPriceE8();
        OrderRequest wanted = new OrderRequest(
                old.account(),
                c.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                c.timeInForce().orElse(old.timeInForce()),
                c.qtyE8().orElse(old.qtyE8()),
                limit);
        Instrument instrument = state.rules.instruments.get(old.symbol());
        return new Terms(
                o.account,
                instrument,
                wanted,
                wanted.qtyE8() - o.filledE8,
                limit.orElse(o.reserveLimitE8),
                c.feeEstimateMinor(),
                c.reference(),
                c.verdicts(),
                Optional.of(o));
    }

    /** The venue says that the replacement stands. */
    Answer stands(OrderEntry o, String detail) {
        if (o.state != OrderState.PENDING_REPLACE) {
            return OrderDesk.illegal(o, "replaced");
        }
        Replacement r = o.replacement.get();
        long toFillE8 = o.replacementOpenE8();
        if (toFillE8 == 0) {
            // filled up to the new total in the meantime: nothing is left to work
            reservations.close(o, OrderState.CANCELED);
            orders.emit(o, Events.OrderEventKind.CANCELED, List.of(), "nothing was left to replace");
            return Answer.done(o.id);
        }
        OrderEntry next = replacing(o, r, toFillE8);
        o.replacedBy = Optional.of(next.id);
        reservations.close(o, OrderState.REPLACED);
        orders.emit(o, Events.OrderEventKind.REPLACED, List.of(), detail);
        o.account.putClient(r.clientOrderId(), new AccountState.ClientRef(next.entry, next.bodyHash));
        state.orders.add(next);
        reservations.fix(next);
        orders.emit(next, Events.OrderEventKind.NEW, List.of(), "");
        return Answer.done(next.id);
    }

    private OrderEntry replacing(OrderEntry o, Replacement r, long toFillE8) {
        BusinessTime time = state.time;
        OrderRequest old = o.request;
        OrderRequest request = new OrderRequest(
                old.account(),
                r.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                r.timeInForce(),
                toFillE8,
                r.limitPriceE8());
        OrderEntry.Birth birth = new OrderEntry.Birth(
                HmsId.entry(r.newId()), r.newId(), o.venue, Optional.of(o.id), time.dateOrEpoch(), time.timeMs());
        OrderEntry next = new OrderEntry(o.account, request, birth);
        boolean pureReduction = r.qtyE8() <= old.qtyE8() && r.limitPriceE8().equals(old.limitPriceE8());
        next.priority = pureReduction ? o.priority : state.orders.takePriority();
        next.bodyHash = o.replacementBodyHash;
        next.reserveLimitE8 = o.replacementReserveLimitE8;
        next.feeEstimateMinor = o.replacementFeeMinor;
        next.feeReservedMinor = o.replacementFeeMinor;
        return next;
    }

    /** The venue does not replace: the order works on as it was. */
    Answer tooLate(OrderEntry o, String detail) {
        if (o.state != OrderState.PENDING_REPLACE) {
            return OrderDesk.illegal(o, "freed of a replacement");
        }
        reservations.dropReplacement(o);
        o.become(o.workingState());
        o.updatedMs = state.time.timeMs();
        reservations.fix(o);
        orders.emit(o, Events.OrderEventKind.ORDER_REPLACE_REJECTED, List.of(), detail);
        return Answer.done(o.id);
    }
}
