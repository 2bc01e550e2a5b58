package org.hmsach.bench.faults.campaign;

/** Faults on one data folder from its beginning to a proof at its end. */
public interface Trial {
    /** What is done, with all that is needed to do it again (seed, place). */
    String name();

    /**
     * Runs it.
     *
     * @throws Exception when the trial itself could not be done; counted as not held
     */
    Report run(Ground ground) throws Exception;
}
