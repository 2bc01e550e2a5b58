package org.hmsach.core.internal.disk;

import java.io.Closeable;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Walks the messages of one recording: whole frames put together. Not thread-safe. */
public final class RecordedMessages implements Closeable {
    private final RecordedFrames frames;
    private final ExpandableArrayBuffer parts = new ExpandableArrayBuffer();
    private DirectBuffer buffer = parts;
    private int offset;
    private int length;
    private long position;
    private RecordedFrames.End end = RecordedFrames.End.NOT_YET;

    /** From a position where a message begins. */
    public RecordedMessages(Recording recording, long from) {
        this.frames = new RecordedFrames(recording, from);
    }

    /** Moves to the next message; false at the end. */
    public boolean next() throws IOException {
        if (end.how() != RecordedFrames.How.NOT_YET) {
            return false;
        }
        boolean inside = false;
        while (frames.next()) {
            if (frames.isPadding()) {
                continue;
            }
            if (frames.begins() == inside) {
                return broken(
                        inside ? "the message that begins at " + position + " has no end" : "a message has no begin");
            }
            if (!inside) {
                position = frames.position();
                length = 0;
            }
            if (take(inside)) {
                return true;
            }
            inside = true;
        }
        end = frames.end();
        if (inside && end.how() != RecordedFrames.How.DAMAGED) {
            // its begin is there, the rest never was: cut off like a frame
            end = new RecordedFrames.End(
                    RecordedFrames.How.TORN, position, end.file(), "the message that begins here has no end");
        }
        return false;
    }

    private boolean take(boolean inside) {
        if (!inside && frames.ends()) {
            buffer = frames.buffer();
            offset = frames.payloadOffset();
            length = frames.payloadLength();
            return true;
        }
        parts.putBytes(length, frames.buffer(), frames.payloadOffset(), frames.payloadLength());
        length += frames.payloadLength();
        buffer = parts;
        offset = 0;
        return frames.ends();
    }

    private boolean broken(String what) {
        end = new RecordedFrames.End(RecordedFrames.How.DAMAGED, frames.position(), frames.file(), what);
        return false;
    }

    /** How the walk ended. */
    public RecordedFrames.End end() {
        return end;
    }

    /** Holds the message until the next call. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the message begins in the buffer. */
    public int offset() {
        return offset;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** Where it begins in the recording. */
    public long position() {
        return position;
    }

    /** Where the next one begins. */
    public long nextPosition() {
        return frames.nextPosition();
    }

    @Override
    public void close() {
        frames.close();
    }
}
