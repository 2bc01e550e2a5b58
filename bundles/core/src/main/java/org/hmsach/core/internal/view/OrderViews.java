package org.hmsach.core.internal.view;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hmsach.api.order.Order;

/** Orders as last published. One writer. What is open is kept by id, so that a change of an order is one write. */
final class OrderViews {
    private final ConcurrentHashMap<UUID, Kept> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientId, UUID> byClientId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, UUID> open = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<UUID, ConcurrentSkipListMap<Long, UUID>> openByAccount = new ConcurrentHashMap<>();
    private long arrivals;

    private record Kept(long arrival, Order order) {}

    private record ClientId(UUID account, String id) {}

    void put(Order order) {
        Kept before = byId.get(order.id());
        long arrival = before == null ? ++arrivals : before.arrival();
        byId.put(order.id(), new Kept(arrival, order));
        if (before == null) {
            byClientId.put(clientId(order), order.id());
        }
        boolean wasOpen = before != null && !before.order().state().isFinal();
        boolean isOpen = !order.state().isFinal();
        if (isOpen && !wasOpen) {
            open.put(arrival, order.id());
            openByAccount
                    .computeIfAbsent(order.account(), account -> new ConcurrentSkipListMap<>())
                    .put(arrival, order.id());
        } else if (wasOpen && !isOpen) {
            close(arrival, order.account());
        }
    }

    private void close(long arrival, UUID account) {
        open.remove(arrival);
        ConcurrentSkipListMap<Long, UUID> ofAccount = openByAccount.get(account);
        if (ofAccount != null) {
            ofAccount.remove(arrival);
            if (ofAccount.isEmpty()) {
                openByAccount.remove(account);
            }
        }
    }

    void forget(UUID id) {
        Kept kept = byId.remove(id);
        if (kept != null) {
            byClientId.remove(clientId(kept.order()), id);
            close(kept.arrival(), kept.order().account());
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
        return open(open.values());
    }

    List<Order> open(UUID account) {
        return Optional.ofNullable(openByAccount.get(account))
                .map(orders -> open(orders.values()))
                .orElse(List.of());
    }

    /** One that closes while the list is made is left out. */
    private List<Order> open(Collection<UUID> ids) {
        return ids.stream()
                .flatMap(id -> order(id).stream())
                .filter(order -> !order.state().isFinal())
                .toList();
    }

    private static ClientId clientId(Order order) {
        return new ClientId(order.account(), order.request().clientOrderId());
    }
}
