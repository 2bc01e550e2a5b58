package org.hmsach.core.internal.machine;

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
        return new MachineView.Touched(
                accounts.stream().map(a -> a.id).toList(),
                orders.stream().map(o -> o.id).toList(),
                List.copyOf(forgottenOrders),
                List.copyOf(transfers),
                rules);
    }
}
