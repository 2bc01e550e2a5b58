package org.hmsach.identity.internal.login;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts attempts that failed, each name (a login, an address) for itself, and makes the next one wait twice as long.
 * An attempt counts from its beginning, so that many at once gain nothing. Bounded; thread-safe.
 */
final class Throttle {
    private static final int NAMES = 10_000;
    private static final long FORGET_MS = 15 * 60_000L;
    private static final long FIRST_WAIT_MS = 1_000;
    private static final int MAX_DOUBLINGS = 20;

    private final int free;
    private final long maxWaitMs;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > NAMES;
        }
    };

    private record Count(int attempts, long lastMs, long blockedUntilMs) {}

    /**
     * @param free      attempts before the first wait
     * @param maxWaitMs longest wait
     */
    Throttle(int free, long maxWaitMs) {
        this.free = free;
        this.maxWaitMs = maxWaitMs;
    }

    /** Begins an attempt. @return 0, or the seconds to wait; then it does not count */
    synchronized int begin(String name, long nowMs) {
        Count count = known(name, nowMs);
        if (nowMs < count.blockedUntilMs()) {
            return (int) ((count.blockedUntilMs() - nowMs + 999) / 1_000);
        }
        int attempts = nowMs - count.lastMs() > FORGET_MS ? 1 : count.attempts() + 1;
        int over = Math.min(MAX_DOUBLINGS, attempts - free);
        long waitMs = over < 0 ? 0 : Math.min(maxWaitMs, FIRST_WAIT_MS << over);
        counts.put(name, new Count(attempts, nowMs, nowMs + waitMs));
        return 0;
    }

    /** Where the clock was set back since the last attempt, that one counts as made now. */
    private Count known(String name, long nowMs) {
        Count count = counts.getOrDefault(name, new Count(0, nowMs, 0));
        long backMs = count.lastMs() - nowMs;
        if (backMs <= 0) {
            return count;
        }
        Count moved = new Count(count.attempts(), nowMs, count.blockedUntilMs() - backMs);
        counts.put(name, moved);
        return moved;
    }

    /** The attempt was right, or was never made: it does not count. */
    synchronized void takeBack(String name) {
        Count count = counts.get(name);
        if (count != null) {
            int attempts = Math.max(0, count.attempts() - 1);
            long blockedUntilMs = attempts < free ? 0 : count.blockedUntilMs();
            counts.put(name, new Count(attempts, count.lastMs(), blockedUntilMs));
        }
    }

    /** The name has proved itself: nothing counts any more. */
    synchronized void forget(String name) {
        counts.remove(name);
    }

    synchronized int size() {
        return counts.size();
    }
}
