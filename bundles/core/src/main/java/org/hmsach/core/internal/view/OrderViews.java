package org.hmsach.core.internal.view;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;

/** Orders as last published. One writer. What is open is kept by id, so that a change of an order is one write. */
final class OrderViews {
    private final ConcurrentHashMap<UUID, Kept> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientId, UUID> byClientId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, UUID> open = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<UUID, ConcurrentSkipListMap<Place, UUID>> openByAccount = new ConcurrentHashMap<>();
    private long arrivals;

    /** Where an order stands among those of its account; the order in which the tape tells them. */
    private record Place(long createdMs, long entry, int index) implements Comparable<Place> {
        static Place of(Order order) {
            return new Place(order.createdMs(), HmsId.entry(order.id()), HmsId.index(order.id()));
        }

        /** Before all that were created then. */
        static Place at(long createdMs) {
            return new Place(createdMs, Long.MIN_VALUE, 0);
        }

        @Override
        public int compareTo(Place other) {
            int byTime = Long.compare(createdMs, other.createdMs);
            int byEntry = byTime == 0 ? Long.compare(entry, other.entry) : byTime;
            return byEntry == 0 ? Integer.compare(index, other.index) : byEntry;
        }
    }

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
                    .put(Place.of(order), order.id());
        } else if (wasOpen && !isOpen) {
            close(arrival, order);
        }
    }

    private void close(long arrival, Order order) {
        open.remove(arrival);
        ConcurrentSkipListMap<Place, UUID> ofAccount = openByAccount.get(order.account());
        if (ofAccount != null) {
            ofAccount.remove(Place.of(order));
            if (ofAccount.isEmpty()) {
                openByAccount.remove(order.account());
            }
        }
    }

    void forget(UUID id) {
        Kept kept = byId.remove(id);
        if (kept != null) {
            byClientId.remove(clientId(kept.order()), id);
            close(kept.arrival(), kept.order());
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
        return open(open.values()).toList();
    }

    List<Order> open(UUID account) {
        return Optional.ofNullable(openByAccount.get(account))
                .map(orders -> open(orders.values()).toList())
                .orElse(List.of());
    }

    /** Reads no further than the page. */
    List<Order> open(Portfolio.OpenOrders page, Predicate<Order> wanted) {
        NavigableMap<Place, UUID> all = openByAccount.get(page.account());
        if (all == null || page.afterMs() >= page.untilMs()) {
            return List.of();
        }
        // created after the one and before the other
        NavigableMap<Place, UUID> span =
                all.subMap(Place.at(page.afterMs() + 1), true, Place.at(page.untilMs()), false);
        return open((page.ascending() ? span : span.descendingMap()).values())
                .filter(wanted)
                .limit(page.limit())
                .toList();
    }

    /** One that closes while it is come to is left out. */
    private Stream<Order> open(Collection<UUID> ids) {
        return ids.stream().flatMap(id -> order(id).stream()).filter(order -> !order.state()
                .isFinal());
    }

    private static ClientId clientId(Order order) {
        return new ClientId(order.account(), order.request().clientOrderId());
    }
}
