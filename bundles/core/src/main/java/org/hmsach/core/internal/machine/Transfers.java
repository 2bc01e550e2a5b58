package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.transfer.Transfer;

/** All transfers, oldest first. A bank may return one much later, so none is forgotten. */
final class Transfers {
    private final Map<Long, Transfer> byEntry = new LinkedHashMap<>();

    Optional<Transfer> find(UUID id) {
        return Optional.ofNullable(byEntry.get(HmsId.entry(id))).filter(t -> t.id().equals(id));
    }

    void put(Transfer transfer) {
        byEntry.put(HmsId.entry(transfer.id()), transfer);
    }

    List<Transfer> all() {
        return new ArrayList<>(byEntry.values());
    }
}
