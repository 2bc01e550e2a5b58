package org.hmsach.api.history;

import org.osgi.annotation.versioning.ProviderType;

/** The read models behind {@link History}, for operators. Offered by store; thread-safe. */
@ProviderType
public interface ReadModelControl {
    /**
     * How far the read models are.
     *
     * @param applied  last event that they hold
     * @param last     last event on the tape; 0 while the core is away
     * @param rebuilds how often they were made anew since the process started
     * @param target   event from which on queries answer again while they are made anew; 0 when they are not
     * @param trouble  what they wait for; empty when all is well
     */
    record Standing(long applied, long last, long rebuilds, long target, String trouble) {}

    /** Where they stand now. */
    Standing standing();

    /**
     * Has all rows dropped and made again from the tape, in the background. Until they hold what was on the tape when
     * the rows were dropped, queries answer {@link org.hmsach.api.refusal.UnavailableException}.
     */
    void rebuild();
}
