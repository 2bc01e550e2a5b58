package org.hmsach.core.internal.log;

import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.SnapshotMark;
import io.aeron.cluster.codecs.SnapshotMarkerDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.StateMachine;

/** One snapshot of a stopped log. */
final class StoppedSnapshot implements Closeable {
    private final RecordedMessages messages;
    private final SnapshotReader reader;
    private final SnapshotHead head;
    private final ClientSequences clients = new ClientSequences();

    /** The recording holds and is not the snapshot that recording.log takes it for. */
    static final class NotOnRecordException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NotOnRecordException(String message) {
            super(message);
        }
    }

    /** @throws IllegalStateException when it is damaged or none of ours */
    StoppedSnapshot(LogFiles.Snapshot snapshot) throws IOException {
        this.messages =
                new RecordedMessages(snapshot.recording(), snapshot.recording().start());
        skipEngine(snapshot, messages);
        this.reader = new SnapshotReader(this::nextMessage);
        this.head = reader.head(clients);
    }

    /** Whether the engine's own part of a snapshot is what recording.log says. */
    static void checkEngine(LogFiles.Snapshot consensus) throws IOException {
        try (RecordedMessages messages = new RecordedMessages(
                consensus.recording(), consensus.recording().start())) {
            skipEngine(consensus, messages);
        }
    }

    /** What the engine wrote before the machine's part: which sessions there were. */
    private static void skipEngine(LogFiles.Snapshot snapshot, RecordedMessages messages) throws IOException {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        SnapshotMarkerDecoder marker = new SnapshotMarkerDecoder();
        while (messages.next()) {
            header.wrap(messages.buffer(), messages.offset());
            if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
                throw new NotOnRecordException(
                        "recording " + snapshot.recording().id() + " is no snapshot");
            }
            if (header.templateId() == SnapshotMarkerDecoder.TEMPLATE_ID) {
                marker.wrapAndApplyHeader(messages.buffer(), messages.offset(), header);
                if (marker.logPosition() != snapshot.logPosition() || marker.leadershipTermId() != snapshot.term()) {
                    throw new NotOnRecordException("the snapshot in recording "
                            + snapshot.recording().id() + " is of position " + marker.logPosition() + " in term "
                            + marker.leadershipTermId() + ", not " + snapshot.logPosition() + " in "
                            + snapshot.term());
                }
                if (marker.mark() == SnapshotMark.END) {
                    return;
                }
            }
        }
        if (messages.end().how() == RecordedFrames.How.CLEAN) {
            throw new NotOnRecordException(
                    "the snapshot in recording " + snapshot.recording().id() + " has no end");
        }
        throw new IllegalStateException(messages.end().what());
    }

    private boolean nextMessage(SnapshotSink into) {
        try {
            boolean found = messages.next();
            if (found) {
                into.write(messages.buffer(), messages.offset(), messages.length());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SnapshotHead head() {
        return head;
    }

    ClientSequences clients() {
        return clients;
    }

    /**
     * Loads the machine's part; once.
     *
     * @throws IllegalStateException when it is damaged
     */
    void loadInto(StateMachine<?> machine) {
        try {
            machine.loadSnapshot(reader);
            reader.expectEnd();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            // a frame of another length passes its checksum
            throw new IllegalStateException("the snapshot cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        messages.close();
    }
}
