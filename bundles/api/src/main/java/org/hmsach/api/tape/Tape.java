package org.hmsach.api.tape;

import org.osgi.annotation.versioning.ProviderType;

/** What the core decided, from the first event on. Readers pull, each at its own pace. Thread-safe. */
@ProviderType
public interface Tape {
    /** Number of the last event; 0 when there is none. */
    long lastNumber();

    /** Number of the first event that the entry made, or of the first one after it. */
    long firstNumberOf(long entry);

    /**
     * A reader whose first event is {@code fromNumber}.
     *
     * @param fromNumber at least 1, at most {@link #lastNumber()} + 1
     */
    TapeReader open(long fromNumber);
}
