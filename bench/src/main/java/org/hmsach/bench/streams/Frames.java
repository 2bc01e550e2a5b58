package org.hmsach.bench.streams;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Counts the WebSocket frames of a server in a stream of bytes that comes in pieces. */
final class Frames {
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final ByteBuffer head = ByteBuffer.allocate(10);
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private boolean copies;
    private long payloadLeft;
    private long frames;

    /** From now on the bytes of whole frames are kept, or not. */
    void copies(boolean wanted) {
        copies = wanted;
        copy.reset();
    }

    /** The bytes kept. */
    byte[] copy() {
        return copy.toByteArray();
    }

    /** Frames ended so far. */
    long frames() {
        return frames;
    }

    /** Takes all bytes of the buffer. */
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (payloadLeft > 0) {
                int some = (int) Math.min(payloadLeft, bytes.remaining());
                keep(bytes, some);
                bytes.position(bytes.position() + some);
                payloadLeft -= some;
                frames += payloadLeft == 0 ? 1 : 0;
            } else {
                keep(bytes, 1);
                head.put(bytes.get());
                readHead();
            }
        }
    }

    private void readHead() {
        if (head.position() < 2) {
            return;
        }
        int length = head.get(1) & 0x7f;
        int size = length == LENGTH_64 ? 10 : length == LENGTH_16 ? 4 : 2;
        if (head.position() < size) {
            return;
        }
        payloadLeft = length == LENGTH_64 ? head.getLong(2) : length == LENGTH_16 ? head.getShort(2) & 0xffff : length;
        frames += payloadLeft == 0 ? 1 : 0;
        head.clear();
    }

    private void keep(ByteBuffer bytes, int count) {
        for (int i = 0; copies && i < count; i++) {
            copy.write(bytes.get(bytes.position() + i));
        }
    }
}
