package org.hmsach.api.module;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a module's state outside the core goes from one {@linkplain StateForm form} to another. The version of the newer
 * form offers it as a service and is asked in both directions: it knows the older form, and not the other way round.
 *
 * <p>In a swap two versions run side by side, and callers move at one moment. So a new form is made <em>beside</em> the
 * older one, which its owner reads and writes until callers have moved, and finds again when it comes back. Each call
 * has a thread of its own and a deadline (30 s, {@code transform.ms} in the PID {@code org.hmsach.ops}); past it the
 * thread is interrupted and the call counts as failed. A call may be repeated: after a crash, or when a swap is tried
 * again.
 *
 * <p>Not asked when a version starts without a swap: at a restart, by the framework's console, from the load folder. A
 * version that acts finds the form that was left and takes it over by itself.
 */
@ConsumerType
public interface StateTransform {
    /**
     * Makes the state ready in this version's form, before callers move. The version of the older form is called
     * meanwhile and writes its own.
     *
     * @param from form of the version that is left; equal to this version's when nothing is to be changed; 0 when no
     *             version with a declared state runs: what there is, if anything, is what an earlier one left
     */
    void upgrade(long from) throws IOException, InterruptedException;

    /** After the last call of the other version: brings over what it wrote since {@link #upgrade}. */
    default void finishUpgrade(long from) throws IOException, InterruptedException {
        // a version that writes what this one reads leaves nothing to bring over
    }

    /** The swap was refused: deletes what {@link #upgrade} made, wholly or in part; it may still be running, late. */
    default void discardUpgrade(long from) throws IOException, InterruptedException {
        // what lies beside the older form does no harm
    }

    /**
     * Makes the state ready in an older form, before its owner starts. This version is still called.
     *
     * @param to form of the version that comes, from {@code downgradeTo} on
     */
    void downgrade(long to) throws IOException, InterruptedException;

    /** After the last call of this version: brings over what it wrote since {@link #downgrade}. */
    default void finishDowngrade(long to) throws IOException, InterruptedException {
        // a version that writes what the other one reads leaves nothing to bring over
    }
}
