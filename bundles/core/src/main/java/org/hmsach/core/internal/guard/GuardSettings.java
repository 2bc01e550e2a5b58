package org.hmsach.core.internal.guard;

import java.time.Duration;

/**
 * The bounds of every guard.
 *
 * @param places  calls of one plug-in at a time
 * @param open    how long a breaker stays open before a call tries again
 * @param stuck   so long after its interrupt a call counts as stuck
 */
public record GuardSettings(int places, Duration open, Duration stuck) {
    /** Calls that the breaker looks back on, and how many there must be. */
    static final int WINDOW = 20;

    static final int LEAST = 5;
    /** Failures of a hundred calls that open it. */
    static final int PERCENT = 50;

    /** What is shipped. */
    public static final GuardSettings STANDARD = new GuardSettings(64, Duration.ofSeconds(5), Duration.ofSeconds(5));

    public GuardSettings {
        if (places < 1 || open.isNegative() || stuck.isNegative()) {
            throw new IllegalArgumentException("places " + places + ", open " + open + ", stuck " + stuck);
        }
    }
}
