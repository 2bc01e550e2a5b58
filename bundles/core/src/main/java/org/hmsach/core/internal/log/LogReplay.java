package org.hmsach.core.internal.log;

import io.aeron.CommonContext;
import io.aeron.Image;
import io.aeron.ImageFragmentAssembler;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.RecordingLog;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.hmsach.core.internal.entry.StateMachine;

/** Replays the recorded log from its beginning into a second machine, beside the running one. */
final class LogReplay {
    private static final int STREAM = 7_003;
    private static final int FRAGMENTS = 64;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private final AeronArchive archive;
    private final Path clusterDirectory;

    LogReplay(AeronArchive archive, Path clusterDirectory) {
        this.archive = archive;
        this.clusterDirectory = clusterDirectory;
    }

    String into(StateMachine<?> machine, long toEntry) {
        EntryReplay run = new EntryReplay(machine, event -> {});
        if (toEntry == 0) {
            return run.chainHex();
        }
        long recordingId = recordingId();
        long start = archive.getStartPosition(recordingId);
        if (start != 0) {
            throw new LogUnavailableException("the log before position " + start + " was purged", false);
        }
        long end = archive.getRecordingPosition(recordingId);
        try (Subscription subscription =
                archive.replay(recordingId, start, end - start, CommonContext.IPC_CHANNEL, STREAM)) {
            poll(subscription, run, toEntry);
        }
        return run.chainHex();
    }

    private long recordingId() {
        try (RecordingLog recordings = new RecordingLog(clusterDirectory.toFile(), false)) {
            return recordings.findLastTermRecordingId();
        }
    }

    private static void poll(Subscription subscription, EntryReplay run, long toEntry) {
        ImageFragmentAssembler assembler = new ImageFragmentAssembler((buffer, offset, length, header) -> {
            if (run.entries() < toEntry) {
                run.onMessage(buffer, offset, length);
            }
        });
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadline = System.nanoTime() + PATIENCE_NS;
        Image image = null;
        while (run.entries() < toEntry) {
            if (image == null && subscription.imageCount() > 0) {
                image = subscription.imageAtIndex(0);
            }
            int fragments = image == null ? 0 : image.poll(assembler, FRAGMENTS);
            if (fragments > 0) {
                deadline = System.nanoTime() + PATIENCE_NS;
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the recorded log ends at entry " + run.entries());
            }
            idle.idle(fragments);
        }
    }
}
