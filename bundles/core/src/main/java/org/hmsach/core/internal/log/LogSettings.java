package org.hmsach.core.internal.log;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of a log.
 *
 * @param directory the log's own directory; one process at a time
 * @param answerTimeout how long a command waits for its answer
 * @param startTimeout how long replay at start may take
 * @param queueCapacity how many commands may wait to be sent; more are refused as unavailable
 * @param freeSpaceFloorBytes below this much free disk space commands are refused
 * @param snapshotEveryEntries a snapshot after this many entries; 0 for never
 * @param snapshotEvery a snapshot after this long when something was applied; zero for never
 * @param idleMaxPark the longest nap of an idle thread: longer saves processor time, shorter answers faster
 */
public record LogSettings(
        Path directory,
        Duration answerTimeout,
        Duration startTimeout,
        int queueCapacity,
        long freeSpaceFloorBytes,
        long snapshotEveryEntries,
        Duration snapshotEvery,
        Duration idleMaxPark) {

    /**
     * The defaults: 10 s for an answer, 16,384 waiting commands, 256 MB floor, a snapshot each 500,000 entries or
     * hour.
     */
    public static LogSettings in(Path directory) {
        return new LogSettings(
                directory,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                16_384,
                256L << 20,
                500_000,
                Duration.ofHours(1),
                Duration.ofMillis(1));
    }

    LogSettings withAnswerTimeout(Duration timeout) {
        return new LogSettings(
                directory,
                timeout,
                startTimeout,
                queueCapacity,
                freeSpaceFloorBytes,
                snapshotEveryEntries,
                snapshotEvery,
                idleMaxPark);
    }

    LogSettings withFreeSpaceFloor(long bytes) {
        return new LogSettings(
                directory,
                answerTimeout,
                startTimeout,
                queueCapacity,
                bytes,
                snapshotEveryEntries,
                snapshotEvery,
                idleMaxPark);
    }

    LogSettings withSnapshotEveryEntries(long entries) {
        return new LogSettings(
                directory,
                answerTimeout,
                startTimeout,
                queueCapacity,
                freeSpaceFloorBytes,
                entries,
                snapshotEvery,
                idleMaxPark);
    }
}
