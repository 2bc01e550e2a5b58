package org.hmsach.gateway.internal.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;

/** How many streams each person has open. Thread-safe. */
final class People {
    private final int limit;
    private final Map<UUID, Integer> open = new HashMap<>();

    /** @param limit most streams of one person */
    People(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** The client is this person from now on. @return false, and nothing has changed, when the person has too many */
    synchronized boolean admit(Client client, Caller caller, Credentials credentials) {
        boolean same = client.caller().filter(c -> c.id().equals(caller.id())).isPresent();
        if (!same) {
            if (open.getOrDefault(caller.id(), 0) >= limit) {
                return false;
            }
            left(client);
            open.merge(caller.id(), 1, Integer::sum);
        }
        client.authenticated(caller, credentials);
        return true;
    }

    /** The client is gone. */
    synchronized void left(Client client) {
        client.caller().ifPresent(caller -> open.computeIfPresent(caller.id(), (id, n) -> n > 1 ? n - 1 : null));
    }
}
