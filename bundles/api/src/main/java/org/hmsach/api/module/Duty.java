package org.hmsach.api.module;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the bundle that asks is the one to act. Of two versions of a module side by side one acts: a module that
 * sends commands or writes by itself, without being called, asks before each piece of work. Thread-safe.
 */
@ProviderType
public interface Duty {
    /** Whether this bundle acts now. */
    boolean isMine();

    /**
     * Waits until this bundle acts.
     *
     * @return false when it does not within the time
     */
    boolean await(Duration time) throws InterruptedException;
}
