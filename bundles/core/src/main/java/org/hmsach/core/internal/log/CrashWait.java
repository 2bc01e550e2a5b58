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
 * After a crash the mark files look as if their owner were alive for ten seconds more. They guard against two
 * writers, so
 * they are waited for, never deleted.
 */
final class CrashWait {
    private static final Logger LOG = LoggerFactory.getLogger(CrashWait.class);
    private static final long LIVENESS_MS = TimeUnit.SECONDS.toMillis(10);
    private static final long MARGIN_MS = 200;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private CrashWait() {}

    /** @throws LogUnavailableException when a mark file keeps being touched: another process uses the directory */
    static void until(Path directory, Consumer<String> progress) {
        long begunMs = System.currentTimeMillis();
        long newestAtBegin = newestMarkMs(directory);
        boolean said = false;
        while (true) {
            long nowMs = System.currentTimeMillis();
            long newest = newestMarkMs(directory);
            if (nowMs - newest > LIVENESS_MS + MARGIN_MS) {
                return;
            }
            if (newest != newestAtBegin || nowMs - begunMs > 2 * LIVENESS_MS) {
                throw new LogUnavailableException("another process uses the log in " + directory, false);
            }
            if (!said) {
                String message = "The log was not closed cleanly; waiting "
                        + (LIVENESS_MS + MARGIN_MS - (nowMs - newest)) + " ms until its marks have expired";
                LOG.info(message);
                progress.accept(message);
                said = true;
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private static long newestMarkMs(Path directory) {
        return Math.max(archiveMarkMs(Node.archiveDirectory(directory)), clusterMarkMs(directory));
    }

    private static long archiveMarkMs(Path archive) {
        if (!Files.exists(archive.resolve(ArchiveMarkFile.FILENAME))) {
            return 0;
        }
        try (ArchiveMarkFile mark = new ArchiveMarkFile(
                archive.toFile(), ArchiveMarkFile.FILENAME, SystemEpochClock.INSTANCE, LIVENESS_MS, message -> {})) {
            return mark.activityTimestampVolatile();
        }
    }

    private static long clusterMarkMs(Path directory) {
        Path cluster = Node.clusterDirectory(directory);
        if (!Files.exists(cluster.resolve(ClusterMarkFile.FILENAME))) {
            return 0;
        }
        try (ClusterMarkFile mark = new ClusterMarkFile(
                cluster.toFile(), ClusterMarkFile.FILENAME, SystemEpochClock.INSTANCE, LIVENESS_MS, message -> {})) {
            return mark.activityTimestampVolatile();
        }
    }
}
