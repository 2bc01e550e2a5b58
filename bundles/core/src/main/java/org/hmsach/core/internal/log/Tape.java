package org.hmsach.core.internal.log;

import java.time.Duration;

/** What the machine said, in order, kept whole. */
public interface Tape {

    /** A reader that begins with event {@code fromNumber}; each reader belongs to one thread. */
    TapeReader read(long fromNumber);

    /** The number of the newest event; 0 when there is none. */
    long last();

    /** The number of the first event that the entry made, or of the first one after it. */
    long firstNumberOf(long entry);

    /** Waits until event {@code number} is on the tape; false when the time ran out. */
    boolean awaitPast(long number, Duration timeout) throws InterruptedException;
}
