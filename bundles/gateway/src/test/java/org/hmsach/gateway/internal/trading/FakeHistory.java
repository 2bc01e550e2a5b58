package org.hmsach.gateway.internal.trading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.history.History;
import org.hmsach.api.order.Order;

/** Read models that a test moves on; they answer with what they were given. */
final class FakeHistory implements History {
    final List<Order> orders = new ArrayList<>();
    final List<Activity> activities = new ArrayList<>();
    final List<Long> awaited = new ArrayList<>();
    /** How far they get while somebody waits. */
    long reach;

    private long applied;

    @Override
    public List<Order> orders(OrderQuery query) {
        Comparator<Order> byTime = Comparator.comparingLong(Order::createdMs);
        return orders.stream()
                .filter(o -> query.states().isEmpty() || query.states().contains(o.state()))
                .sorted(query.ascending() ? byTime : byTime.reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public Optional<Order> order(UUID id) {
        return orders.stream().filter(o -> o.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        return orders.stream()
                .filter(o -> o.request().clientOrderId().equals(clientOrderId))
                .findFirst();
    }

    @Override
    public List<Activity> activities(ActivityQuery query) {
        return List.copyOf(activities);
    }

    @Override
    public List<ValuePoint> values(UUID account, long fromMs, long toMs) {
        return List.of();
    }

    @Override
    public long appliedNumber() {
        return applied;
    }

    @Override
    public boolean awaitNumber(long number, Duration wait) {
        awaited.add(number);
        applied = Math.min(number, reach);
        return applied >= number;
    }
}
