package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.collections.Long2ObjectHashMap;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.money.Currency;

/** All accounts, in order of opening. */
final class Accounts {
    private final List<AccountState> inOrder = new ArrayList<>();
    private final TreeMap<String, Currency> currencies = new TreeMap<>();
    // looked up only, never iterated
    private final Long2ObjectHashMap<AccountState> byEntry = new Long2ObjectHashMap<>();

    void add(AccountState account) {
        currencies.putIfAbsent(account.currency.code(), account.currency);
        inOrder.add(account);
        byEntry.put(account.entry, account);
    }

    Optional<AccountState> find(UUID id) {
        AccountState account = byEntry.get(HmsId.entry(id));
        return account != null && account.id.equals(id) ? Optional.of(account) : Optional.empty();
    }

    /** The currency that accounts have under the code. */
    Optional<Currency> currency(String code) {
        return Optional.ofNullable(currencies.get(code));
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
