package org.hmsach.mfe.exec.internal;

import org.hmsach.api.command.Cause;

/**
 * Gives each command its cause, never one twice and never one lower than the last, so that a bookmark stays true.
 *
 * <p>A fill that a quote brought long after its order is therefore told under the newest entry this module acted on.
 */
final class Causes {
    static final String MODULE = "mfe.exec";
    private static final int LARGEST_INDEX = 1_000_000;

    private long entry;
    private int index = -1;

    /**
     * @param told   the entry that the venue names
     * @param newest the newest entry read from the tape; nothing can have a later cause
     */
    Cause next(long told, long newest) {
        long wanted = Math.min(told, newest);
        if (index == LARGEST_INDEX) {
            wanted = newest;
        }
        if (wanted > entry) {
            entry = wanted;
            index = -1;
        }
        index++;
        return new Cause(MODULE, entry, index);
    }

    /** The highest entry that a command answered to; 0 before the first. */
    long last() {
        return entry;
    }
}
