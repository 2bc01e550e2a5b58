package org.hmsach.core.internal.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a snapshot is due. The machine stands still while one is taken, so it waits for a second without commands, up to
 * {@link #AT_MOST} times what was wanted.
 */
final class SnapshotSchedule {
    /** So many times the entries or the time between two, also under load. */
    static final int AT_MOST = 4;

    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

    private final long everyEntries;
    private final long everyNs;
    private long lastNs;
    private long lastEntry;
    private long movedNs;

    /**
     * @param everyEntries after so many entries; 0 for never
     * @param every        after this long when something is new; zero for never
     * @param nowNs        monotonic
     */
    SnapshotSchedule(long everyEntries, Duration every, long nowNs) {
        this.everyEntries = everyEntries;
        this.everyNs = every.toNanos();
        this.lastNs = nowNs;
        this.movedNs = nowNs;
    }

    /** Asked again and again: that is how it sees whether commands come. */
    boolean isDue(long entry, long snapshotEntry, long nowNs) {
        if (entry != lastEntry) {
            lastEntry = entry;
            movedNs = nowNs;
        }
        int times = nowNs - movedNs >= QUIET_NS ? 1 : AT_MOST;
        long fresh = entry - snapshotEntry;
        boolean enough = everyEntries > 0 && fresh >= everyEntries * times;
        boolean longAgo = everyNs > 0 && fresh > 0 && nowNs - lastNs > everyNs * times;
        return enough || longAgo;
    }

    /** One was taken, or could not be. */
    void tried(long nowNs) {
        lastNs = nowNs;
    }
}
