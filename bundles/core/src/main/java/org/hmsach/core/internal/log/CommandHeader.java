package org.hmsach.core.internal.log;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What stands before each command in the log: version, client, sequence. Part of the log's format. */
final class CommandHeader {
    static final int BYTES = 24;
    static final int VERSION = 1;
    private static final int CLIENT_AT = 8;
    private static final int SEQUENCE_AT = 16;

    private CommandHeader() {}

    /** A buffer with room for the header before a copy of the command. */
    static UnsafeBuffer frame(DirectBuffer command, int offset, int length) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[BYTES + length]);
        frame.putInt(0, VERSION, ByteOrder.LITTLE_ENDIAN);
        frame.putBytes(BYTES, command, offset, length);
        return frame;
    }

    static void fill(UnsafeBuffer frame, long client, long sequence) {
        frame.putLong(CLIENT_AT, client, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(SEQUENCE_AT, sequence, ByteOrder.LITTLE_ENDIAN);
    }

    static boolean isCommand(DirectBuffer buffer, int offset, int length) {
        return length >= BYTES && buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) == VERSION;
    }

    static long client(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + CLIENT_AT, ByteOrder.LITTLE_ENDIAN);
    }

    static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE_AT, ByteOrder.LITTLE_ENDIAN);
    }
}
