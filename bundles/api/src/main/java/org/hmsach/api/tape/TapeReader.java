package org.hmsach.api.tape;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** One reader's position on the tape. Not thread-safe: one thread at a time. */
@ProviderType
public interface TapeReader extends AutoCloseable {
    /**
     * Delivers the next events in order, each exactly once.
     *
     * @param listener receives them; when it throws, the event counts as not delivered and the exception goes out
     * @param max      most events to deliver, at least 1
     * @param wait     how long to wait for the first one
     * @return number of events delivered; 0 when none came in time
     * @throws InterruptedException when interrupted while waiting
     * @throws IllegalStateException when the core went away: open a new reader at {@link #nextNumber()} when it is back
     */
    int poll(TapeListener listener, int max, Duration wait) throws InterruptedException;

    /** Number of the next event. */
    long nextNumber();

    @Override
    void close();
}
