package org.hmsach.core.internal.log;

import io.aeron.CommonContext;
import io.aeron.Image;
import io.aeron.ImageFragmentAssembler;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.RecordingLog;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.SessionMessageHeaderDecoder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
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
        Run run = new Run(machine);
        if (toEntry == 0) {
            return run.chain.hex();
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
        return run.chain.hex();
    }

    private long recordingId() {
        try (RecordingLog recordings = new RecordingLog(clusterDirectory.toFile(), false)) {
            return recordings.findLastTermRecordingId();
        }
    }

    private static void poll(Subscription subscription, Run run, long toEntry) {
        ImageFragmentAssembler assembler = new ImageFragmentAssembler((buffer, offset, length, header) -> {
            if (run.count.entries() < toEntry) {
                run.onMessage(buffer, offset, length);
            }
        });
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadline = System.nanoTime() + PATIENCE_NS;
        Image image = null;
        while (run.count.entries() < toEntry) {
            if (image == null && subscription.imageCount() > 0) {
                image = subscription.imageAtIndex(0);
            }
            int fragments = image == null ? 0 : image.poll(assembler, FRAGMENTS);
            if (fragments > 0) {
                deadline = System.nanoTime() + PATIENCE_NS;
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the recorded log ends at entry " + run.count.entries());
            }
            idle.idle(fragments);
        }
    }

    /** One replay: the second machine, its entries and the chain of what it emits. */
    private static final class Run {
        private final StateMachine<?> machine;
        private final EntryCount count = new EntryCount();
        private final ChainHash chain = new ChainHash();
        private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
        private final SessionMessageHeaderDecoder sessionHeader = new SessionMessageHeaderDecoder();
        private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
        private long events;
        private int index;

        Run(StateMachine<?> machine) {
            this.machine = machine;
        }

        void onMessage(DirectBuffer buffer, int offset, int length) {
            messageHeader.wrap(buffer, offset);
            if (messageHeader.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                    || messageHeader.templateId() != SessionMessageHeaderDecoder.TEMPLATE_ID) {
                return;
            }
            sessionHeader.wrap(
                    buffer,
                    offset + MessageHeaderDecoder.ENCODED_LENGTH,
                    messageHeader.blockLength(),
                    messageHeader.version());
            int at = offset + AeronCluster.SESSION_HEADER_LENGTH;
            int size = length - AeronCluster.SESSION_HEADER_LENGTH;
            copy.putBytes(0, buffer, at, size);
            count.take(copy, 0, size, sessionHeader.timestamp()).ifPresent(entry -> {
                index = 0;
                machine.apply(entry, (event, eventAt, eventLength) -> {
                    byte[] payload = new byte[eventLength];
                    event.getBytes(eventAt, payload);
                    TapeEvent.make(
                            ++events,
                            new TapeEvent.EventPlace(entry.number(), entry.timeMs(), index++),
                            payload,
                            chain);
                });
            });
        }
    }
}
