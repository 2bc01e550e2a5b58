package org.hmsach.mkt.venue.internal.paper;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What is left of the orders that a session touched in the last seconds. Reports about them may still be on their way
 * to the core when the next session is opened with the view of the core; after that time the view of the core is right.
 */
final class RecentFills {
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 10_000;

    private record Left(long qtyE8, long sinceNanos) {}

    private final LongSupplier clockNanos;
    private final LinkedHashMap<UUID, Left> byOrder = new LinkedHashMap<>();

    RecentFills(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
    }

    /** So much is left of the order; 0 when it is over. */
    void left(UUID order, long qtyE8) {
        byOrder.remove(order);
        byOrder.put(order, new Left(qtyE8, clockNanos.getAsLong()));
        Iterator<Left> oldest = byOrder.values().iterator();
        while (byOrder.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    Map<UUID, Long> fresh() {
        long now = clockNanos.getAsLong();
        Map<UUID, Long> fresh = new HashMap<>();
        byOrder.forEach((order, left) -> {
            if (now - left.sinceNanos() < KEPT_NANOS) {
                fresh.put(order, left.qtyE8());
            }
        });
        return fresh;
    }
}
