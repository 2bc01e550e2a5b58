package org.hmsach.core.internal.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.Publication;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.hmsach.core.internal.entry.SnapshotSink;

/** Writes a snapshot: head, clients, the machine's records, end with their count. */
final class SnapshotWriter implements SnapshotSink {
    private final Offer publication;
    private final IdleStrategy idle;
    private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(1_024);
    private long records;

    /** Takes a frame: a position above 0, or why not as the engine's publications say it. */
    @FunctionalInterface
    interface Offer {
        long offer(DirectBuffer buffer, int offset, int length);
    }

    SnapshotWriter(Offer publication, IdleStrategy idle) {
        this.publication = publication;
        this.idle = idle;
    }

    void head(SnapshotHead head, ClientSequences clients) {
        int at = SnapshotHead.TYPE_BYTES;
        frame.putLong(at, SnapshotHead.VERSION, LITTLE_ENDIAN);
        frame.putLong(at + Long.BYTES, head.entries(), LITTLE_ENDIAN);
        frame.putLong(at + 2 * Long.BYTES, head.timeMs(), LITTLE_ENDIAN);
        frame.putLong(at + 3 * Long.BYTES, head.events(), LITTLE_ENDIAN);
        frame.putBytes(at + 4 * Long.BYTES, head.chainHash());
        offer(SnapshotHead.TYPE_HEAD, SnapshotHead.BYTES);
        clients.all().forEach((client, sequence) -> {
            frame.putLong(at, client, LITTLE_ENDIAN);
            frame.putLong(at + Long.BYTES, sequence, LITTLE_ENDIAN);
            offer(SnapshotHead.TYPE_CLIENT, 2 * Long.BYTES);
        });
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        if (length < 0 || length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("a record has at most " + MAX_RECORD_BYTES + " bytes, not " + length);
        }
        frame.putBytes(SnapshotHead.TYPE_BYTES, buffer, offset, length);
        offer(SnapshotHead.TYPE_MACHINE, length);
        records++;
    }

    void end() {
        frame.putLong(SnapshotHead.TYPE_BYTES, records, LITTLE_ENDIAN);
        offer(SnapshotHead.TYPE_END, Long.BYTES);
    }

    private void offer(int type, int length) {
        frame.putLong(0, type, LITTLE_ENDIAN);
        idle.reset();
        while (true) {
            long result = publication.offer(frame, 0, SnapshotHead.TYPE_BYTES + length);
            if (result > 0) {
                return;
            }
            if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("snapshot cannot be written: " + Publication.errorString(result));
            }
            idle.idle();
        }
    }
}
