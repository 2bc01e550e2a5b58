package org.hmsach.core.internal.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last command taken from each client of the log, so that a command sent again after a time-out or a reconnect is
 * applied once. Machine state. A client is one start of one node; the {@value #KEPT} newest are remembered.
 */
final class ClientSequences {
    static final int KEPT = 64;
    private final LinkedHashMap<Long, Long> lastByClient = new LinkedHashMap<>();

    /** Takes the next command of a client; false for one seen before or one that came too early. */
    boolean take(long client, long sequence) {
        long expected = lastByClient.getOrDefault(client, 0L) + 1;
        if (sequence != expected) {
            return false;
        }
        put(client, sequence);
        return true;
    }

    void put(long client, long sequence) {
        boolean isNew = lastByClient.put(client, sequence) == null;
        if (isNew && lastByClient.size() > KEPT) {
            lastByClient.remove(lastByClient.keySet().iterator().next());
        }
    }

    /** In the order in which the clients first came. */
    Map<Long, Long> all() {
        return lastByClient;
    }
}
