package org.hmsach.core.internal.machine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.core.internal.codec.Rows;

/** Keys that people gave to writes other than orders, each with what the first write answered. */
final class IdempotencyKeys {
    private record Id(UUID principal, String key) {}

    private final Map<Id, Rows.Key> byId = new LinkedHashMap<>();

    Optional<Rows.Key> find(UUID principal, String key) {
        return Optional.ofNullable(byId.get(new Id(principal, key)));
    }

    void put(Rows.Key key) {
        byId.put(new Id(key.principal(), key.key()), key);
    }

    void forget(long dayNumber) {
        Iterator<Rows.Key> keys = byId.values().iterator();
        while (keys.hasNext() && dayNumber - keys.next().dayNumber() > Orders.KEPT_DAYS) {
            keys.remove();
        }
    }

    void save(Consumer<Rows.Key> rows) {
        byId.values().forEach(rows);
    }
}
