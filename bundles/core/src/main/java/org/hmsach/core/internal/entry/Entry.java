package org.hmsach.core.internal.entry;

import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * One committed entry of the log.
 *
 * @param number gap-free, from 1; part of the state, not a byte position
 * @param timeMs the journalled entry time in epoch milliseconds, never lower than the entry's before
 * @param buffer holds the command, valid only while the entry is applied
 * @param offset where the command begins in the buffer
 * @param length how many bytes the command has
 */
public record Entry(long number, long timeMs, DirectBuffer buffer, int offset, int length) {
    public Entry {
        Objects.requireNonNull(buffer, "buffer");
    }
}
