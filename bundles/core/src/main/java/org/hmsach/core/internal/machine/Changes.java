package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the entry being applied has changed so far. */
final class Changes {
    private final Set<AccountState> accounts = new LinkedHashSet<>();
    private final Set<OrderEntry> orders = new LinkedHashSet<>();
    private final Set<UUID> forgottenOrders = new LinkedHashSet<>();
    private final Set<UUID> transfers = new LinkedHashSet<>();
    private boolean rules;

    void clear() {
        accounts.clear();
        orders.clear();
        forgottenOrders.clear();
        transfers.clear();
        rules = false;
    }

    void account(AccountState account) {
        accounts.add(account);
    }

    void order(OrderEntry order) {
        orders.add(order);
        accounts.add(order.account);
    }

    void forgotten(UUID order) {
        forgottenOrders.add(order);
    }

    void transfer(UUID transfer) {
        transfers.add(transfer);
    }

    void rules() {
        rules = true;
    }

    Iterable<AccountState> accounts() {
        return accounts;
    }

    MachineView.Touched touched() {
        List<UUID> accountIds = new ArrayList<>(accounts.size());
        accounts.forEach(a -> accountIds.add(a.id));
        List<UUID> orderIds = new ArrayList<>(orders.size());
        orders.forEach(o -> orderIds.add(o.id));
        return new MachineView.Touched(
                Collections.unmodifiableList(accountIds),
                Collections.unmodifiableList(orderIds),
                List.copyOf(forgottenOrders),
                List.copyOf(transfers),
                rules);
    }
}
