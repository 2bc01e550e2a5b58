package org.hmsach.gateway.internal.trading;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hmsach.api.history.History;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;

/** Lists orders by the dialect's query: open ones from the core's memory, the others from the read models. */
final class OrderList {
    /**
     * The dialect's query.
     *
     * @param account   whose
     * @param status    open, closed or all
     * @param symbols   of which symbols; empty: any
     * @param side      buy, sell or any
     * @param afterMs   created after, exclusive
     * @param untilMs   created before, exclusive
     * @param ascending oldest first
     * @param limit     1 to 500
     */
    record Query(
            UUID account,
            String status,
            Set<String> symbols,
            String side,
            long afterMs,
            long untilMs,
            boolean ascending,
            int limit) {}

    private static final int MAX_ROWS = 500;

    private final Desk desk;

    OrderList(Desk desk) {
        this.desk = desk;
    }

    List<Order> list(Query query) {
        Stream<Order> orders = query.status().equals("open") ? open(query) : stored(query);
        Comparator<Order> byTime = Comparator.comparingLong(Order::createdMs).thenComparing(Order::id);
        return orders.filter(order -> query.side().equals("any")
                        || OrderJson.lower(order.request().side()).equals(query.side()))
                .sorted(query.ascending() ? byTime : byTime.reversed())
                .limit(query.limit())
                .toList();
    }

    private Stream<Order> open(Query query) {
        return desk.portfolio().openOrders(query.account()).stream()
                .filter(order -> query.symbols().isEmpty()
                        || query.symbols().contains(order.request().symbol()))
                .filter(order -> order.createdMs() > query.afterMs() && order.createdMs() < query.untilMs());
    }

    private Stream<Order> stored(Query query) {
        Set<OrderState> states = query.status().equals("all")
                ? Set.of()
                : EnumSet.allOf(OrderState.class).stream()
                        .filter(OrderState::isFinal)
                        .collect(Collectors.toSet());
        int rows = query.side().equals("any") ? query.limit() : MAX_ROWS;
        return desk
                .history()
                .orders(new History.OrderQuery(
                        query.account(),
                        states,
                        query.symbols(),
                        query.afterMs(),
                        query.untilMs(),
                        query.ascending(),
                        rows))
                .stream();
    }
}
