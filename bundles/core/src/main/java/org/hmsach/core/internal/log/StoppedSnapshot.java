package org.hmsach.core.internal.log;

import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.SnapshotMark;
import io.aeron.cluster.codecs.SnapshotMarkerDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.StateMachine;

/** One snapshot of a stopped log. */
final class StoppedSnapshot implements Closeable {
    private final LogFiles.Snapshot snapshot;
    private final RecordedMessages messages;
    private final SnapshotReader reader;
    private final SnapshotHead head;
    private final ClientSequences clients = new ClientSequences();

    /** @throws IllegalStateException when it is damaged or none of ours */
    StoppedSnapshot(LogFiles.Snapshot snapshot) throws IOException {
        this.snapshot = snapshot;
        this.messages =
                new RecordedMessages(snapshot.recording(), snapshot.recording().start());
        skipEngine();
        this.reader = new SnapshotReader(this::nextMessage);
        this.head = reader.head(clients);
    }

    /** What the engine wrote before the machine's part: which sessions there were. */
    private void skipEngine() throws IOException {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        SnapshotMarkerDecoder marker = new SnapshotMarkerDecoder();
        while (messages.next()) {
            header.wrap(messages.buffer(), messages.offset());
            if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
                throw new IllegalStateException("the snapshot's beginning is none of the engine's");
            }
            if (header.templateId() == SnapshotMarkerDecoder.TEMPLATE_ID) {
                marker.wrapAndApplyHeader(messages.buffer(), messages.offset(), header);
                if (marker.logPosition() != snapshot.logPosition() || marker.leadershipTermId() != snapshot.term()) {
                    throw new IllegalStateException("the snapshot says position " + marker.logPosition() + " of term "
                            + marker.leadershipTermId() + ", recording.log says " + snapshot.logPosition() + " of "
                            + snapshot.term());
                }
                if (marker.mark() == SnapshotMark.END) {
                    return;
                }
            }
        }
        throw new IllegalStateException(why());
    }

    private String why() {
        String what = messages.end().what();
        return what.isEmpty() ? "the snapshot has no end" : what;
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

    /** Loads the machine's part; once. */
    void loadInto(StateMachine<?> machine) {
        machine.loadSnapshot(reader);
        reader.expectEnd();
    }

    @Override
    public void close() {
        messages.close();
    }
}
