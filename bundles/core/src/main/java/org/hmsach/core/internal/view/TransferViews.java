package org.hmsach.core.internal.view;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hmsach.api.transfer.Transfer;

/** Transfers as last published. One writer. */
final class TransferViews {
    private final ConcurrentHashMap<UUID, Long> arrivalById = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Transfer> all = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Transfer> open = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<UUID, ConcurrentSkipListMap<Long, Transfer>> byAccount = new ConcurrentHashMap<>();
    private long arrivals;

    void put(Transfer transfer) {
        Long before = arrivalById.get(transfer.id());
        long arrival = before == null ? ++arrivals : before;
        all.put(arrival, transfer);
        arrivalById.put(transfer.id(), arrival);
        byAccount
                .computeIfAbsent(transfer.account(), account -> new ConcurrentSkipListMap<>())
                .put(arrival, transfer);
        if (transfer.state().isOpen()) {
            open.put(arrival, transfer);
        } else {
            open.remove(arrival);
        }
    }

    Optional<Transfer> transfer(UUID id) {
        return Optional.ofNullable(arrivalById.get(id)).map(all::get);
    }

    List<Transfer> of(UUID account) {
        return Optional.ofNullable(byAccount.get(account))
                .map(transfers -> List.copyOf(transfers.values()))
                .orElse(List.of());
    }

    List<Transfer> open() {
        return List.copyOf(open.values());
    }
}
