package org.hmsach.core.internal.entry;

/** Gives the records of a snapshot back in the order they were written. */
@FunctionalInterface
public interface SnapshotSource {

    /** Calls {@code record} once for each record of the snapshot; the buffer is valid only during that call. */
    void readAll(SnapshotSink record);
}
