package org.hmsach.core.internal.log;

import java.util.List;

/** Where the tape's events lie. One thread appends; any thread reads. */
interface TapeStore {
    /** The number of the last event that stood on the tape when it was opened. */
    long lastAtOpen();

    /** Appends, waiting while the recorder is behind. */
    void append(TapeEvent event);

    /** Returns once everything appended is forced to disk. */
    void awaitForced();

    /** Up to {@code max} events beginning with {@code from}, which must be on the tape. */
    List<TapeEvent> read(long from, int max);
}
