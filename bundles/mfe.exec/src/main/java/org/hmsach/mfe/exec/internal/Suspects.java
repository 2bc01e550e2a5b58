package org.hmsach.mfe.exec.internal;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Orders of one venue whose fills the core refused again and again. A new session would only repeat them, so after a
 * few times they are taken out and the others go on.
 */
final class Suspects {
    private static final int MOST_AS_TAKER = 3;
    /** One more than a taker gets: the first taker may have been the one to blame. */
    private static final int MOST_AS_MAKER = 4;

    private final Map<UUID, Integer> refusals = new ConcurrentHashMap<>();

    /** A report about these was refused; the taker comes first. */
    void refused(List<UUID> orders) {
        int weight = MOST_AS_MAKER;
        for (UUID order : orders) {
            refusals.merge(order, weight, Integer::sum);
            weight = MOST_AS_TAKER;
        }
    }

    boolean isGuilty(UUID order) {
        return refusals.getOrDefault(order, 0) >= MOST_AS_TAKER * MOST_AS_MAKER;
    }

    void clear() {
        refusals.clear();
    }
}
