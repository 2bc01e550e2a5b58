package org.hmsach.core.internal.entry;

import org.agrona.DirectBuffer;

/** Takes the records of a snapshot in order. The bytes are copied before the call returns. */
@FunctionalInterface
public interface SnapshotSink {

    /** The longest record, in bytes. */
    int MAX_RECORD_BYTES = 64 * 1024;

    /** Adds one record: {@code length} bytes from {@code offset}, at most {@link #MAX_RECORD_BYTES}. */
    void write(DirectBuffer buffer, int offset, int length);
}
