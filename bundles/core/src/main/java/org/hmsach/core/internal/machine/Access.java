package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;

/** Who may act on which account. What it gives out never changes, so it may be read on any thread. */
final class Access {
    // looked up only; sorted before it is walked
    private final Map<UUID, Map<UUID, Role>> byAccount = new HashMap<>();

    /** Role by person, sorted by person. */
    Map<UUID, Role> to(UUID account) {
        return byAccount.getOrDefault(account, Map.of());
    }

    void grant(UUID account, UUID principal, Role role) {
        TreeMap<UUID, Role> people = new TreeMap<>(to(account));
        people.put(principal, role);
        byAccount.put(account, unmodifiable(people));
    }

    /** False when there was nothing to revoke. */
    boolean revoke(UUID account, UUID principal) {
        TreeMap<UUID, Role> people = new TreeMap<>(to(account));
        if (people.remove(principal) == null) {
            return false;
        }
        if (people.isEmpty()) {
            byAccount.remove(account);
        } else {
            byAccount.put(account, unmodifiable(people));
        }
        return true;
    }

    /** Most accounts have one person: a map of one is small, and has one order. */
    private static Map<UUID, Role> unmodifiable(TreeMap<UUID, Role> people) {
        return people.size() == 1 ? Map.copyOf(people) : Collections.unmodifiableMap(people);
    }

    /** Sorted by account, then by person. */
    void forEach(Consumer<Commands.GrantAccess> each) {
        List<UUID> accounts = new ArrayList<>(byAccount.keySet());
        Collections.sort(accounts);
        for (UUID account : accounts) {
            to(account).forEach((principal, role) -> each.accept(new Commands.GrantAccess(principal, account, role)));
        }
    }
}
