package org.hmsach.bench.faults.core;

import org.hmsach.bench.faults.campaign.Tally;

/** What the trials on a core have in common. */
final class CoreTrials {
    private CoreTrials() {}

    /** Adds what a proof found. */
    static void prove(Tally tally, Proof proof) {
        tally.compared(proof.missing(), proof.doubled());
        proof.wrong().forEach(tally::wrong);
    }
}
