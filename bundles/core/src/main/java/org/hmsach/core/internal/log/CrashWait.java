package org.hmsach.core.internal.log;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.cluster.service.ClusterMarkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a crash the mark files look as if their owner were alive for ten seconds more, and for much longer when the
 * machine's clock was set back meanwhile. They guard against two writers, so they are watched until nobody can be
 * writing them, never deleted.
 */
final class CrashWait {
    private static final Logger LOG = LoggerFactory.getLogger(CrashWait.class);
    private static final long LIVENESS_MS = TimeUnit.SECONDS.toMillis(10);
    private static final long MARGIN_MS = 200;
    private static final long EXPIRED_MS = LIVENESS_MS + MARGIN_MS;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private CrashWait() {}

    /**
     * Returns when the engine can start; the caller holds the directory's lock.
     *
     * @throws LogUnavailableException when a mark file keeps being touched: another process uses the directory
     */
    static void until(Path directory, Consumer<String> progress) {
        long newestMs = newestMarkMs(directory);
        long ageMs = System.currentTimeMillis() - newestMs;
        if (ageMs > EXPIRED_MS) {
            return;
        }
        long waitMs = ageMs < 0 ? EXPIRED_MS : EXPIRED_MS - ageMs;
        String why = ageMs < 0
                ? "The machine's clock is " + -ageMs + " ms behind the log's marks"
                : "The log was not closed cleanly";
        String message = why + "; waiting " + waitMs + " ms until its marks have expired";
        LOG.info(message);
        progress.accept(message);
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (System.nanoTime() - endNs < 0) {
            LockSupport.parkNanos(NAP_NS);
            if (newestMarkMs(directory) != newestMs) {
                throw new LogUnavailableException("another process uses the log in " + directory, false);
            }
        }
        long nowMs = System.currentTimeMillis();
        if (nowMs - newestMs <= LIVENESS_MS) {
            // they would stay fresh until the clock reaches them again; nobody has moved them as a living owner does
            setArchiveMarkMs(Node.archiveDirectory(directory), nowMs - EXPIRED_MS);
            setClusterMarkMs(Node.clusterDirectory(directory), nowMs - EXPIRED_MS);
        }
    }

    private static long newestMarkMs(Path directory) {
        return Math.max(
                archiveMarkMs(Node.archiveDirectory(directory)), clusterMarkMs(Node.clusterDirectory(directory)));
    }

    private static long archiveMarkMs(Path archive) {
        if (!Files.exists(archive.resolve(ArchiveMarkFile.FILENAME))) {
            return 0;
        }
        try (ArchiveMarkFile mark = archiveMark(archive)) {
            return mark.activityTimestampVolatile();
        }
    }

    private static long clusterMarkMs(Path cluster) {
        if (!Files.exists(cluster.resolve(ClusterMarkFile.FILENAME))) {
            return 0;
        }
        try (ClusterMarkFile mark = clusterMark(cluster)) {
            return mark.activityTimestampVolatile();
        }
    }

    private static void setArchiveMarkMs(Path archive, long timeMs) {
        if (archiveMarkMs(archive) > 0) {
            try (ArchiveMarkFile mark = archiveMark(archive)) {
                mark.updateActivityTimestamp(timeMs);
            }
        }
    }

    private static void setClusterMarkMs(Path cluster, long timeMs) {
        if (clusterMarkMs(cluster) > 0) {
            try (ClusterMarkFile mark = clusterMark(cluster)) {
                mark.updateActivityTimestamp(timeMs);
            }
        }
    }

    private static ArchiveMarkFile archiveMark(Path archive) {
        return new ArchiveMarkFile(
                archive.toFile(), ArchiveMarkFile.FILENAME, SystemEpochClock.INSTANCE, LIVENESS_MS, message -> {});
    }

    private static ClusterMarkFile clusterMark(Path cluster) {
        return new ClusterMarkFile(
                cluster.toFile(), ClusterMarkFile.FILENAME, SystemEpochClock.INSTANCE, LIVENESS_MS, message -> {});
    }
}
