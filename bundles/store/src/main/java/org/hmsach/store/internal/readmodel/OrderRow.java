package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** An order as the last event about it told; gives back an equal {@link Order}. */
@Entity
@Table(name = "rm_order")
public class OrderRow {
    @Id
    private String id;

    @Column(name = "first_number")
    private long firstNumber;

    private String account;

    @Column(name = "client_order_id")
    private String clientOrderId;

    private String symbol;
    private String side;

    @Column(name = "order_type")
    private String orderType;

    @Column(name = "time_in_force")
    private String timeInForce;

    @Column(name = "qty_e8")
    private long qtyE8;

    @Column(name = "limit_price_e8")
    private Long limitPriceE8;

    @Column(name = "order_state")
    private String orderState;

    private String venue;

    @Column(name = "priority_number")
    private long priorityNumber;

    @Column(name = "filled_e8")
    private long filledE8;

    @Column(name = "filled_value_e8")
    private long filledValueE8;

    @Column(name = "reserved_minor")
    private long reservedMinor;

    @Column(name = "reserved_qty_e8")
    private long reservedQtyE8;

    @Column(name = "new_id")
    private String newId;

    @Column(name = "new_client_order_id")
    private String newClientOrderId;

    @Column(name = "new_time_in_force")
    private String newTimeInForce;

    @Column(name = "new_qty_e8")
    private Long newQtyE8;

    @Column(name = "new_limit_price_e8")
    private Long newLimitPriceE8;

    private String replaces;

    @Column(name = "replaced_by")
    private String replacedBy;

    @Column(name = "refused_reason")
    private String refusedReason;

    @Column(name = "refused_rule")
    private String refusedRule;

    @Column(name = "refused_detail")
    private String refusedDetail;

    @Column(name = "refused_value")
    private String refusedValue;

    @Column(name = "refused_limit")
    private String refusedLimit;

    @Column(name = "business_date")
    private String businessDate;

    @Column(name = "created_ms")
    private long createdMs;

    @Column(name = "updated_ms")
    private long updatedMs;

    protected OrderRow() {}

    OrderRow(long firstNumber, Order order) {
        this.id = order.id().toString();
        this.firstNumber = firstNumber;
        set(order);
    }

    /** Takes over everything the order says. */
    final void set(Order order) {
        setRequest(order.request());
        orderState = order.state().name();
        venue = order.venue();
        priorityNumber = order.priority();
        filledE8 = order.filledE8();
        filledValueE8 = order.filledValueE8();
        reservedMinor = order.reservedMinor();
        reservedQtyE8 = order.reservedQtyE8();
        setReplacement(order.replacement());
        replaces = text(order.replaces());
        replacedBy = text(order.replacedBy());
        setRefusal(order.refusal());
        businessDate = order.businessDate().toString();
        createdMs = order.createdMs();
        updatedMs = order.updatedMs();
    }

    private void setRequest(OrderRequest request) {
        account = request.account().toString();
        clientOrderId = request.clientOrderId();
        symbol = request.symbol();
        side = request.side().name();
        orderType = request.type().name();
        timeInForce = request.timeInForce().name();
        qtyE8 = request.qtyE8();
        limitPriceE8 = boxed(request.limitPriceE8());
    }

    private void setReplacement(Optional<Replacement> replacement) {
        newId = replacement.map(r -> r.newId().toString()).orElse(null);
        newClientOrderId = replacement.map(Replacement::clientOrderId).orElse(null);
        newTimeInForce = replacement.map(r -> r.timeInForce().name()).orElse(null);
        newQtyE8 = replacement.map(Replacement::qtyE8).orElse(null);
        newLimitPriceE8 = replacement.map(r -> boxed(r.limitPriceE8())).orElse(null);
    }

    private void setRefusal(Optional<Refused> refusal) {
        refusedReason = refusal.map(r -> r.reason().name()).orElse(null);
        refusedRule = refusal.map(r -> cut(r.rule(), 64)).orElse(null);
        refusedDetail = refusal.map(r -> cut(r.detail(), 1000)).orElse(null);
        refusedValue = refusal.flatMap(Refused::value).map(v -> cut(v, 200)).orElse(null);
        refusedLimit = refusal.flatMap(Refused::limit).map(v -> cut(v, 200)).orElse(null);
    }

    final long firstNumber() {
        return firstNumber;
    }

    final long createdMs() {
        return createdMs;
    }

    final Order order() {
        return new Order(
                UUID.fromString(id),
                request(),
                OrderState.valueOf(orderState),
                venue,
                priorityNumber,
                filledE8,
                filledValueE8,
                reservedMinor,
                reservedQtyE8,
                replacement(),
                Optional.ofNullable(replaces).map(UUID::fromString),
                Optional.ofNullable(replacedBy).map(UUID::fromString),
                refusal(),
                LocalDate.parse(businessDate),
                createdMs,
                updatedMs);
    }

    private OrderRequest request() {
        return new OrderRequest(
                UUID.fromString(account),
                clientOrderId,
                symbol,
                Side.valueOf(side),
                OrderType.valueOf(orderType),
                TimeInForce.valueOf(timeInForce),
                qtyE8,
                unboxed(limitPriceE8));
    }

    private Optional<Replacement> replacement() {
        if (newId == null) {
            return Optional.empty();
        }
        return Optional.of(new Replacement(
                UUID.fromString(newId),
                newClientOrderId,
                TimeInForce.valueOf(newTimeInForce),
                newQtyE8,
                unboxed(newLimitPriceE8)));
    }

    private Optional<Refused> refusal() {
        if (refusedReason == null) {
            return Optional.empty();
        }
        return Optional.of(new Refused(
                Reason.valueOf(refusedReason),
                refusedRule,
                refusedDetail,
                Optional.ofNullable(refusedValue),
                Optional.ofNullable(refusedLimit)));
    }

    private static String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse(null);
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static OptionalLong unboxed(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String cut(String text, int max) {
        return text.length() > max ? text.substring(0, max) : text;
    }
}
