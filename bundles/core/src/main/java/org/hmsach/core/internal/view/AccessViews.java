package org.hmsach.core.internal.view;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.identity.Role;

/** Who may act on which account, as last published, both ways. One writer. */
final class AccessViews {
    private final ConcurrentHashMap<UUID, Map<UUID, Role>> byAccount = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, ConcurrentHashMap<UUID, Role>> byPerson = new ConcurrentHashMap<>();

    /** @param people role by person, never changed again */
    void put(UUID account, Map<UUID, Role> people) {
        Map<UUID, Role> before = to(account);
        if (before.equals(people)) {
            return;
        }
        byAccount.put(account, people);
        people.forEach((person, role) -> byPerson.computeIfAbsent(person, id -> new ConcurrentHashMap<>())
                .put(account, role));
        for (UUID person : before.keySet()) {
            if (!people.containsKey(person)) {
                byPerson.get(person).remove(account);
            }
        }
    }

    Map<UUID, Role> to(UUID account) {
        return byAccount.getOrDefault(account, Map.of());
    }

    Map<UUID, Role> of(UUID person) {
        ConcurrentHashMap<UUID, Role> accounts = byPerson.get(person);
        return accounts == null ? Map.of() : Map.copyOf(accounts);
    }
}
