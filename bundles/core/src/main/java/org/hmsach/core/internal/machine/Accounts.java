package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.agrona.collections.Long2ObjectHashMap;
import org.hmsach.api.id.HmsId;

/** All accounts, in order of opening. */
final class Accounts {
    private final List<AccountState> inOrder = new ArrayList<>();
    // looked up only, never iterated
    private final Long2ObjectHashMap<AccountState> byEntry = new Long2ObjectHashMap<>();

    void add(AccountState account) {
        inOrder.add(account);
        byEntry.put(account.entry, account);
    }

    Optional<AccountState> find(UUID id) {
        AccountState account = byEntry.get(HmsId.entry(id));
        return account != null && account.id.equals(id) ? Optional.of(account) : Optional.empty();
    }

    AccountState get(long entry) {
        AccountState account = byEntry.get(entry);
        if (account == null) {
            throw new IllegalStateException("no account was made by entry " + entry);
        }
        return account;
    }

    List<AccountState> all() {
        return inOrder;
    }
}
