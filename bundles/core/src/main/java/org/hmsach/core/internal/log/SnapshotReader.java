package org.hmsach.core.internal.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;

/** Reads what {@link SnapshotWriter} wrote, one record at a time. */
final class SnapshotReader implements SnapshotSource {
    private final SnapshotFrames frames;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[SnapshotSink.MAX_RECORD_BYTES + 64]);
    private int frameLength;
    private long records;
    private boolean ended;

    SnapshotReader(SnapshotFrames frames) {
        this.frames = frames;
        nextFrame();
    }

    SnapshotHead head(ClientSequences clients) {
        int at = SnapshotHead.TYPE_BYTES;
        if (type() != SnapshotHead.TYPE_HEAD || frame.getLong(at, LITTLE_ENDIAN) != SnapshotHead.VERSION) {
            throw new IllegalStateException("not a snapshot this version can read");
        }
        byte[] chainHash = new byte[TapeEvent.CHAIN_BYTES];
        frame.getBytes(at + 4 * Long.BYTES, chainHash);
        SnapshotHead head = new SnapshotHead(
                frame.getLong(at + Long.BYTES, LITTLE_ENDIAN),
                frame.getLong(at + 2 * Long.BYTES, LITTLE_ENDIAN),
                frame.getLong(at + 3 * Long.BYTES, LITTLE_ENDIAN),
                chainHash);
        nextFrame();
        while (type() == SnapshotHead.TYPE_CLIENT) {
            clients.put(frame.getLong(at, LITTLE_ENDIAN), frame.getLong(at + Long.BYTES, LITTLE_ENDIAN));
            nextFrame();
        }
        return head;
    }

    @Override
    public void readAll(SnapshotSink record) {
        while (type() == SnapshotHead.TYPE_MACHINE) {
            record.write(frame, SnapshotHead.TYPE_BYTES, frameLength - SnapshotHead.TYPE_BYTES);
            records++;
            nextFrame();
        }
    }

    void expectEnd() {
        if (type() != SnapshotHead.TYPE_END || frame.getLong(SnapshotHead.TYPE_BYTES, LITTLE_ENDIAN) != records) {
            throw new IllegalStateException("the snapshot is incomplete: " + records + " records read");
        }
        ended = true;
    }

    private long type() {
        return frame.getLong(0, LITTLE_ENDIAN);
    }

    private void nextFrame() {
        if (ended) {
            throw new IllegalStateException("the snapshot has ended");
        }
        if (!frames.next(this::keep)) {
            throw new IllegalStateException("the snapshot ends after " + records + " records");
        }
    }

    private void keep(DirectBuffer buffer, int offset, int length) {
        frame.putBytes(0, buffer, offset, length);
        frameLength = length;
    }
}
