package org.hmsach.core.internal.entry;

import org.agrona.DirectBuffer;

/** Takes the encoded events of the entry being applied. The bytes are copied before the call returns. */
@FunctionalInterface
public interface EventSink {

    /** The longest event, in bytes. */
    int MAX_EVENT_BYTES = 64 * 1024;

    /** Adds one event: {@code length} bytes from {@code offset}, at most {@link #MAX_EVENT_BYTES}. */
    void emit(DirectBuffer buffer, int offset, int length);
}
