package org.hmsach.core.internal.log;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.cluster.service.ClusterMarkFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a crash the mark files look as if their owner were alive for ten seconds more, and for much longer when the
 * machine's clock was set back meanwhile. They guard against two writers, and so does the directory's lock, which the
 * operating system takes from a dead process. Where the lock was given although its owner lives, as some network file
 * systems do, the marks move once a second: they are watched for longer than that, never deleted.
 */
final class CrashWait {
    private static final Logger LOG = LoggerFactory.getLogger(CrashWait.class);
    private static final long LIVENESS_MS = TimeUnit.SECONDS.toMillis(10);
    private static final long MARGIN_MS = 200;
    private static final long EXPIRED_MS = LIVENESS_MS + MARGIN_MS;
    /** More than two of the pauses between a living owner's updates. */
    private static final long WATCH_MS = 2_500;

    /** Of the consensus module and of the machine's container. */
    static final List<String> CLUSTER_MARKS =
            List.of(ClusterMarkFile.FILENAME, ClusterMarkFile.markFilenameForService(0));

    /** What Aeron says of a mark without its last word, and of one whose owner wrote that it failed. */
    private static final List<String> LEFT_BEHIND = List.of("not initialised", "major version 255");

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
        long waitMs = ageMs < 0 ? WATCH_MS : Math.min(WATCH_MS, EXPIRED_MS - ageMs);
        String why = ageMs < 0
                ? "The machine's clock is " + -ageMs + " ms behind the log's marks"
                : "The log was not closed cleanly";
        String message = why + "; watching its marks for " + waitMs + " ms";
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
            // they would look fresh for longer; nobody has moved them as a living owner does
            expire(directory, nowMs - EXPIRED_MS);
        }
    }

    private static long newestMarkMs(Path directory) {
        long[] newestMs = {0};
        Path archive = Node.archiveDirectory(directory);
        read(archive.resolve(ArchiveMarkFile.FILENAME), () -> {
            try (ArchiveMarkFile mark = archiveMark(archive)) {
                newestMs[0] = Math.max(newestMs[0], mark.activityTimestampVolatile());
            }
        });
        Path cluster = Node.clusterDirectory(directory);
        for (String name : CLUSTER_MARKS) {
            read(cluster.resolve(name), () -> {
                try (ClusterMarkFile mark = clusterMark(cluster, name)) {
                    newestMs[0] = Math.max(newestMs[0], mark.activityTimestampVolatile());
                }
            });
        }
        return newestMs[0];
    }

    /**
     * Reads a mark if it is there. One that nobody finishes, or that says its owner failed while it started, says
     * nothing of anybody alive; the engine would be stopped by it for ever, so it is removed.
     */
    private static void read(Path file, Runnable reading) {
        if (!Files.exists(file)) {
            return;
        }
        if (file.toFile().length() == 0) {
            remove(file, "it is empty");
            return;
        }
        try {
            reading.run();
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            if (LEFT_BEHIND.stream().noneMatch(why::contains)) {
                throw e;
            }
            remove(file, why);
        }
    }

    private static void remove(Path file, String why) {
        LOG.warn("{} is of a start that did not succeed, it is removed: {}", file, why);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets those that a crash left; a clean end has left no time in them. */
    private static void expire(Path directory, long timeMs) {
        Path archive = Node.archiveDirectory(directory);
        Path cluster = Node.clusterDirectory(directory);
        if (Files.exists(archive.resolve(ArchiveMarkFile.FILENAME))) {
            try (ArchiveMarkFile mark = archiveMark(archive)) {
                if (mark.activityTimestampVolatile() > timeMs) {
                    mark.updateActivityTimestamp(timeMs);
                }
            }
        }
        CLUSTER_MARKS.stream()
                .filter(name -> Files.exists(cluster.resolve(name)))
                .forEach(name -> expireCluster(cluster, name, timeMs));
    }

    private static void expireCluster(Path cluster, String name, long timeMs) {
        try (ClusterMarkFile mark = clusterMark(cluster, name)) {
            if (mark.activityTimestampVolatile() > timeMs) {
                mark.updateActivityTimestamp(timeMs);
            }
        }
    }

    private static ArchiveMarkFile archiveMark(Path archive) {
        return new ArchiveMarkFile(
                archive.toFile(), ArchiveMarkFile.FILENAME, SystemEpochClock.INSTANCE, WATCH_MS, message -> {});
    }

    private static ClusterMarkFile clusterMark(Path cluster, String name) {
        return new ClusterMarkFile(cluster.toFile(), name, SystemEpochClock.INSTANCE, WATCH_MS, message -> {});
    }
}
