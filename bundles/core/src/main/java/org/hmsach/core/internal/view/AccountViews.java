package org.hmsach.core.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.account.Account;

/** Accounts as last published, in order of opening. One writer. */
final class AccountViews {
    private final ConcurrentHashMap<UUID, Account> byId = new ConcurrentHashMap<>();
    private volatile UUID[] inOrder = new UUID[16];
    /** Written last: the ids below it stand in the array. */
    private volatile int size;

    void put(Account account) {
        if (byId.put(account.id(), account) == null) {
            append(account.id());
        }
    }

    private void append(UUID id) {
        int last = size;
        UUID[] ids = inOrder;
        if (last == ids.length) {
            ids = Arrays.copyOf(ids, 2 * last);
            inOrder = ids;
        }
        ids[last] = id;
        size = last + 1;
    }

    Optional<Account> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Account> all() {
        int count = size;
        UUID[] ids = inOrder;
        List<Account> accounts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            accounts.add(byId.get(ids[i]));
        }
        return List.copyOf(accounts);
    }
}
