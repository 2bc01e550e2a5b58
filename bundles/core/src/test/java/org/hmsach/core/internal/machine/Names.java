package org.hmsach.core.internal.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.hmsach.api.id.HmsId;

/** Short names for ids, so that a tape can be read. */
final class Names {
    private final Map<UUID, String> names = new LinkedHashMap<>();

    UUID name(String name, UUID id) {
        names.put(id, name);
        return id;
    }

    String of(UUID id) {
        return names.getOrDefault(id, "#" + HmsId.entry(id));
    }
}
