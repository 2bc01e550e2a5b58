package org.hmsach.core.internal.sim;

/** Somebody in the simulated world. */
interface Actor {
    /** Does one thing, or nothing. */
    void step();

    /** The process died, or only this module did: everything that was only in memory is gone. */
    default void restart() {}
}
