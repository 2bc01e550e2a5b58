package org.hmsach.mfe.exec.internal;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;

/** Orders one step later. */
final class StandInOrders {
    private StandInOrders() {}

    static Order prioritised(Order order, long priority) {
        return make(order, order.request(), new Step(order.id(), order.state(), priority, order.filledE8()));
    }

    /** A pending request stays pending while fills arrive. */
    static Order withFilled(Order order, long filledE8) {
        boolean pending = order.state() == OrderState.PENDING_CANCEL || order.state() == OrderState.PENDING_REPLACE;
        OrderState state = filledE8 == order.request().qtyE8()
                ? OrderState.FILLED
                : pending ? order.state() : OrderState.PARTIALLY_FILLED;
        return make(order, order.request(), new Step(order.id(), state, order.priority(), filledE8));
    }

    /** The request was refused by the venue. */
    static Order back(Order order) {
        OrderState state = order.filledE8() > 0 ? OrderState.PARTIALLY_FILLED : OrderState.NEW;
        return make(order, order.request(), new Step(order.id(), state, order.priority(), order.filledE8()));
    }

    static Order successor(Order order, OrderRequest request, long priority) {
        return make(order, request, new Step(order.replacement().orElseThrow().newId(), OrderState.NEW, priority, 0));
    }

    private static Order make(Order order, OrderRequest request, Step step) {
        boolean pending = step.state == OrderState.PENDING_REPLACE || step.state == OrderState.PENDING_CANCEL;
        return new Order(
                step.id,
                request,
                step.state,
                order.venue(),
                step.priority,
                step.filledE8,
                0,
                0,
                0,
                pending ? order.replacement() : Optional.empty(),
                step.id.equals(order.id()) ? order.replaces() : Optional.of(order.id()),
                Optional.empty(),
                Optional.empty(),
                order.businessDate(),
                order.createdMs(),
                order.updatedMs());
    }

    /** What is new about an order. */
    private record Step(UUID id, OrderState state, long priority, long filledE8) {}
}
