package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.id.HmsId;

/** All orders not yet forgotten, in the order in which they came to be. */
final class Orders {
    /** Closed orders, their client order ids and idempotency keys are kept for so many business days more. */
    static final long KEPT_DAYS = 5;

    private final Map<Long, OrderEntry> all = new LinkedHashMap<>();
    private final Map<Long, OrderEntry> open = new LinkedHashMap<>();
    // closed orders that still reserve a fee; their order decides nothing
    private final Map<Long, OrderEntry> owingFees = new LinkedHashMap<>();
    private long nextPriority = 1;

    void add(OrderEntry order) {
        all.put(order.entry, order);
        if (!order.state.isFinal()) {
            open.put(order.entry, order);
            order.account.openOrders++;
        } else if (order.feeReservedMinor > 0) {
            owingFees.put(order.entry, order);
        }
    }

    /** The order has just become final. */
    void closed(OrderEntry order, long dayNumber) {
        order.closedDayNumber = dayNumber;
        order.account.openOrders--;
        open.remove(order.entry);
        if (order.feeReservedMinor > 0) {
            owingFees.put(order.entry, order);
        }
    }

    Optional<OrderEntry> find(UUID id) {
        OrderEntry order = all.get(HmsId.entry(id));
        return order != null && order.id.equals(id) ? Optional.of(order) : Optional.empty();
    }

    Collection<OrderEntry> all() {
        return all.values();
    }

    /** A copy, so that orders may be closed while it is walked. */
    List<OrderEntry> open() {
        return new ArrayList<>(open.values());
    }

    /** Closed orders that reserve fees for fills up to the entry. */
    List<OrderEntry> owingFeesUntil(long entry) {
        List<OrderEntry> found = new ArrayList<>();
        for (OrderEntry order : owingFees.values()) {
            if (order.lastFillEntry <= entry) {
                found.add(order);
            }
        }
        return found;
    }

    void owesNoFees(OrderEntry order) {
        owingFees.remove(order.entry);
    }

    /** Drops what was closed more than {@link #KEPT_DAYS} business days ago. */
    List<OrderEntry> forgetClosed(long dayNumber) {
        List<OrderEntry> forgotten = new ArrayList<>();
        for (OrderEntry order : all.values()) {
            if (order.closedDayNumber != OrderEntry.OPEN && dayNumber - order.closedDayNumber > KEPT_DAYS) {
                forgotten.add(order);
            }
        }
        for (OrderEntry order : forgotten) {
            all.remove(order.entry);
            order.account.forgetClient(order.request.clientOrderId(), order.entry);
        }
        return forgotten;
    }

    long takePriority() {
        return nextPriority++;
    }

    long nextPriority() {
        return nextPriority;
    }

    void restorePriority(long next) {
        nextPriority = next;
    }
}
