package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Refused;
import org.hmsach.core.internal.sbe.ExecutionPartDecoder;
import org.hmsach.core.internal.sbe.ExecutionPartEncoder;
import org.hmsach.core.internal.sbe.OrderPartDecoder;
import org.hmsach.core.internal.sbe.OrderPartEncoder;
import org.hmsach.core.internal.sbe.ReplacementPartDecoder;
import org.hmsach.core.internal.sbe.ReplacementPartEncoder;
import org.hmsach.core.internal.sbe.RequestPartDecoder;
import org.hmsach.core.internal.sbe.RequestPartEncoder;
import org.hmsach.core.internal.sbe.WireTimeInForce;

/** Orders, requests, replacements and executions, wherever they appear. */
final class OrderParts {
    private OrderParts() {}

    static void writeRequest(Out out, OrderRequest r) {
        RequestPartEncoder e = out.begin(new RequestPartEncoder());
        Words.put(e.account(), r.account());
        e.side(Twins.SIDES.wire(r.side()))
                .type(Twins.ORDER_TYPES.wire(r.type()))
                .timeInForce(timeInForce(r.timeInForce()))
                .qtyE8(r.qtyE8());
        Words.put(e.limitPriceE8(), r.limitPriceE8());
        e.clientOrderId(r.clientOrderId()).symbol(r.symbol());
        out.end(e);
    }

    static OrderRequest readRequest(In in) throws MalformedFrameException {
        RequestPartDecoder d = in.begin(new RequestPartDecoder());
        OrderRequest request = new OrderRequest(
                Words.uuid(d.account()),
                d.clientOrderId(),
                in.known(d),
                Twins.SIDES.own(d.side()),
                Twins.ORDER_TYPES.own(d.type()),
                timeInForce(d.timeInForce()),
                d.qtyE8(),
                Words.optionalLong(d.limitPriceE8()));
        in.end(d);
        return request;
    }

    static void writeOrder(Out out, Order o) {
        OrderPartEncoder e = out.begin(new OrderPartEncoder());
        Words.put(e.orderId(), o.id());
        e.state(Twins.ORDER_STATES.wire(o.state()))
                .priority(o.priority())
                .filledE8(o.filledE8())
                .filledValueE8(o.filledValueE8())
                .reservedMinor(o.reservedMinor())
                .reservedQtyE8(o.reservedQtyE8())
                .hasReplacement(Words.flag(o.replacement().isPresent()))
                .hasRefusal(Words.flag(o.refusal().isPresent()))
                .businessDay(o.businessDate().toEpochDay())
                .createdMs(o.createdMs())
                .updatedMs(o.updatedMs());
        Words.put(e.replaces(), o.replaces());
        Words.put(e.replacedBy(), o.replacedBy());
        e.venue(o.venue());
        out.end(e);
        writeRequest(out, o.request());
        o.replacement().ifPresent(r -> writeReplacement(out, r));
        o.refusal().ifPresent(r -> RuleParts.writeRefusal(out, r));
    }

    static Order readOrder(In in) throws MalformedFrameException {
        OrderPartDecoder d = in.begin(new OrderPartDecoder());
        UUID id = Words.uuid(d.orderId());
        OrderState state = Twins.ORDER_STATES.own(d.state());
        boolean hasReplacement = Words.flag(d.hasReplacement());
        boolean hasRefusal = Words.flag(d.hasRefusal());
        Optional<UUID> replaces = Words.uuid(d.replaces());
        Optional<UUID> replacedBy = Words.uuid(d.replacedBy());
        LocalDate date = Words.date(d.businessDay());
        String venue = in.known(d);
        in.end(d);
        OrderRequest request = readRequest(in);
        Optional<Replacement> replacement = hasReplacement ? Optional.of(readReplacement(in)) : Optional.empty();
        Optional<Refused> refusal = hasRefusal ? Optional.of(RuleParts.readRefusal(in)) : Optional.empty();
        return new Order(
                id,
                request,
                state,
                venue,
                d.priority(),
                d.filledE8(),
                d.filledValueE8(),
                d.reservedMinor(),
                d.reservedQtyE8(),
                replacement,
                replaces,
                replacedBy,
                refusal,
                date,
                d.createdMs(),
                d.updatedMs());
    }

    private static void writeReplacement(Out out, Replacement r) {
        ReplacementPartEncoder e = out.begin(new ReplacementPartEncoder());
        Words.put(e.newId(), r.newId());
        e.timeInForce(timeInForce(r.timeInForce())).qtyE8(r.qtyE8());
        Words.put(e.limitPriceE8(), r.limitPriceE8());
        e.clientOrderId(r.clientOrderId());
        out.end(e);
    }

    private static Replacement readReplacement(In in) throws MalformedFrameException {
        ReplacementPartDecoder d = in.begin(new ReplacementPartDecoder());
        OptionalLong limit = Words.optionalLong(d.limitPriceE8());
        Replacement replacement = new Replacement(
                Words.uuid(d.newId()), d.clientOrderId(), timeInForce(d.timeInForce()), d.qtyE8(), limit);
        in.end(d);
        return replacement;
    }

    static void writeExecution(Out out, Execution x) {
        ExecutionPartEncoder e = out.begin(new ExecutionPartEncoder());
        e.qtyE8(x.qtyE8())
                .priceE8(x.priceE8())
                .cashMinor(x.cashMinor())
                .tradeDay(x.tradeDate().toEpochDay())
                .settleDay(x.settleDate().toEpochDay())
                .execId(x.execId())
                .venue(x.venue());
        out.end(e);
    }

    static Execution readExecution(In in) throws MalformedFrameException {
        ExecutionPartDecoder d = in.begin(new ExecutionPartDecoder());
        String execId = d.execId();
        String venue = in.known(d);
        in.end(d);
        return new Execution(
                execId,
                venue,
                d.qtyE8(),
                d.priceE8(),
                d.cashMinor(),
                Words.date(d.tradeDay()),
                Words.date(d.settleDay()));
    }

    static WireTimeInForce timeInForce(TimeInForce t) {
        return Twins.TIMES_IN_FORCE.wire(t);
    }

    static TimeInForce timeInForce(WireTimeInForce t) {
        return Twins.TIMES_IN_FORCE.own(t);
    }
}
