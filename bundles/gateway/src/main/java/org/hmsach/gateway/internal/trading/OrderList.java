package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hmsach.api.history.History;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.portfolio.Portfolio;

/** Lists orders by the dialect's query: open ones from the core's memory, the others from the read models. */
final class OrderList {
    /**
     * The dialect's query.
     *
     * @param account   whose
     * @param status    open, closed or all
     * @param symbols   of which symbols; empty: any
     * @param side      of which side; empty: both
     * @param times     created when, both exclusive
     * @param places    created after the one order and before the other, both exclusive
     * @param ascending oldest first
     * @param limit     1 to 500
     */
    record Query(
            UUID account,
            String status,
            Set<String> symbols,
            Optional<Side> side,
            Times.Span times,
            Places places,
            boolean ascending,
            int limit) {}

    /** Orders that bound a page. */
    record Places(Optional<Order> after, Optional<Order> before) {}

    /** As the tape tells them: ids grow with the log. */
    private static final Comparator<Order> BY_CREATION = Comparator.comparingLong(Order::createdMs)
            .thenComparingLong(order -> HmsId.entry(order.id()))
            .thenComparingInt(order -> HmsId.index(order.id()));

    private final Desk desk;

    OrderList(Desk desk) {
        this.desk = desk;
    }

    Response list(Query query) {
        if (query.status().equals("open")) {
            return Response.ok(open(query).stream().map(OrderJson::of).toList()).build();
        }
        return desk.stored(stored -> stored.answer(
                stored(stored.history(), query).stream().map(OrderJson::of).toList()));
    }

    private List<Order> open(Query query) {
        Places places = query.places();
        // of those of the same millisecond isBetween decides
        long afterMs = places.after()
                .map(order -> Math.max(order.createdMs() - 1, query.times().afterMs()))
                .orElse(query.times().afterMs());
        long untilMs = places.before()
                .map(order -> Math.min(order.createdMs() + 1, query.times().untilMs()))
                .orElse(query.times().untilMs());
        return desk.portfolio()
                .openOrders(
                        new Portfolio.OpenOrders(query.account(), afterMs, untilMs, query.ascending(), query.limit()),
                        order -> isWanted(order, query));
    }

    private static boolean isWanted(Order order, Query query) {
        boolean symbol = query.symbols().isEmpty()
                || query.symbols().contains(order.request().symbol());
        boolean side =
                query.side().isEmpty() || query.side().get() == order.request().side();
        return symbol && side && isBetween(order, query.places());
    }

    private static boolean isBetween(Order order, Places places) {
        return places.after().map(o -> BY_CREATION.compare(order, o) > 0).orElse(true)
                && places.before().map(o -> BY_CREATION.compare(order, o) < 0).orElse(true);
    }

    private static List<Order> stored(History history, Query query) {
        Set<OrderState> states = query.status().equals("all")
                ? Set.of()
                : EnumSet.allOf(OrderState.class).stream()
                        .filter(OrderState::isFinal)
                        .collect(Collectors.toSet());
        return history.orders(new History.OrderQuery(
                query.account(),
                states,
                query.symbols(),
                query.side(),
                new History.OrderSpan(
                        query.times().afterMs(),
                        query.times().untilMs(),
                        query.places().after().map(Order::id),
                        query.places().before().map(Order::id)),
                query.ascending(),
                query.limit()));
    }
}
