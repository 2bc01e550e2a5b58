package org.hmsach.core.internal.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;
import org.hmsach.core.internal.entry.StateMachine;

/**
 * Remembers which numbers it was given and in which order; the smallest machine that shows loss, doubling and
 * disorder.
 */
final class TinyMachine implements StateMachine<Long> {
    static final long BREAK = -1;
    private final MutableDirectBuffer scratch = new ExpandableArrayBuffer();
    private final TreeSet<Long> seen = new TreeSet<>();
    private final CountDownLatch holdUntil;
    private long hash;
    private long doubled;

    TinyMachine() {
        this(new CountDownLatch(0));
    }

    /** Stands still at its first command until the latch is open. */
    TinyMachine(CountDownLatch holdUntil) {
        this.holdUntil = holdUntil;
    }

    static UnsafeBuffer command(long id) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[Long.BYTES]);
        buffer.putLong(0, id, LITTLE_ENDIAN);
        return buffer;
    }

    @Override
    public Long apply(Entry entry, EventSink out) {
        long id = entry.buffer().getLong(entry.offset(), LITTLE_ENDIAN);
        if (id == BREAK) {
            throw new IllegalStateException("asked to break");
        }
        hold();
        if (!seen.add(id)) {
            doubled++;
        }
        hash = hash * 31 + id * 7 + entry.timeMs();
        scratch.putLong(0, id, LITTLE_ENDIAN);
        scratch.putLong(Long.BYTES, hash, LITTLE_ENDIAN);
        out.emit(scratch, 0, 2 * Long.BYTES);
        if (id % 10 == 0) {
            scratch.putBytes(Long.BYTES, new byte[3_000]);
            out.emit(scratch, 0, 3_000);
        }
        return id;
    }

    private void hold() {
        try {
            holdUntil.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void takeSnapshot(SnapshotSink sink) {
        scratch.putLong(0, hash, LITTLE_ENDIAN);
        scratch.putLong(Long.BYTES, doubled, LITTLE_ENDIAN);
        sink.write(scratch, 0, 2 * Long.BYTES);
        for (long id : seen) {
            scratch.putLong(0, id, LITTLE_ENDIAN);
            sink.write(scratch, 0, Long.BYTES);
        }
    }

    @Override
    public void loadSnapshot(SnapshotSource source) {
        source.readAll((buffer, offset, length) -> {
            if (length == 2 * Long.BYTES) {
                hash = buffer.getLong(offset, LITTLE_ENDIAN);
                doubled = buffer.getLong(offset + Long.BYTES, LITTLE_ENDIAN);
            } else {
                seen.add(buffer.getLong(offset, LITTLE_ENDIAN));
            }
        });
    }

    @Override
    public long stateHash() {
        return hash;
    }

    long doubled() {
        return doubled;
    }

    boolean hasSeen(long id) {
        return seen.contains(id);
    }

    int count() {
        return seen.size();
    }
}
