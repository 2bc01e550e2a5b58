package org.hmsach.core.internal.view;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hmsach.api.order.Order;

/** Orders as last published. One writer. */
final class OrderViews {
    private final ConcurrentHashMap<UUID, Kept> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientId, UUID> byClientId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Order> open = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<UUID, ConcurrentSkipListMap<Long, Order>> openByAccount = new ConcurrentHashMap<>();
    private long arrivals;

    private record Kept(long arrival, Order order) {}

    private record ClientId(UUID account, String id) {}

    void put(Order order) {
        Kept before = byId.get(order.id());
        long arrival = before == null ? ++arrivals : before.arrival();
        byId.put(order.id(), new Kept(arrival, order));
        byClientId.put(clientId(order), order.id());
        ConcurrentSkipListMap<Long, Order> ofAccount =
                openByAccount.computeIfAbsent(order.account(), account -> new ConcurrentSkipListMap<>());
        if (order.state().isFinal()) {
            open.remove(arrival);
            ofAccount.remove(arrival);
        } else {
            open.put(arrival, order);
            ofAccount.put(arrival, order);
        }
    }

    void forget(UUID id) {
        Kept kept = byId.remove(id);
        if (kept != null) {
            byClientId.remove(clientId(kept.order()), id);
            open.remove(kept.arrival());
            Optional.ofNullable(openByAccount.get(kept.order().account()))
                    .ifPresent(orders -> orders.remove(kept.arrival()));
        }
    }

    Optional<Order> order(UUID id) {
        return Optional.ofNullable(byId.get(id)).map(Kept::order);
    }

    Optional<Order> byClientId(UUID account, String clientOrderId) {
        return Optional.ofNullable(byClientId.get(new ClientId(account, clientOrderId)))
                .flatMap(this::order);
    }

    List<Order> open() {
        return List.copyOf(open.values());
    }

    List<Order> open(UUID account) {
        return Optional.ofNullable(openByAccount.get(account))
                .map(orders -> List.copyOf(orders.values()))
                .orElse(List.of());
    }

    private static ClientId clientId(Order order) {
        return new ClientId(order.account(), order.request().clientOrderId());
    }
}
