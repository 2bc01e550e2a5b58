package org.hmsach.core.internal.log;

import java.io.Closeable;
import java.util.List;
import java.util.OptionalLong;

/** Where the tape's events lie. One thread appends; any thread reads. */
interface TapeStore {
    /** The number of the last event that stood on the tape when it was opened. */
    long lastAtOpen();

    /** Appends, waiting while the recorder is behind. */
    void append(TapeEvent event);

    /** Returns once everything appended is forced to disk. */
    void awaitForced();

    /** What stood on the tape when it was opened, from event {@code from} on, for one walk. */
    OldTape old(long from);

    /** A walk over old events. Not thread-safe. */
    interface OldTape extends Closeable {
        /** Moves to the next event; whether it is this one, byte by byte. */
        boolean nextIs(TapeEvent event);

        @Override
        void close();
    }

    /** Up to {@code max} events beginning with {@code from}, which must be on the tape. */
    List<TapeEvent> read(long from, int max);

    /** The number of the first event that the entry or a later one made; empty when none is here. */
    OptionalLong firstNumberOf(long entry);
}
