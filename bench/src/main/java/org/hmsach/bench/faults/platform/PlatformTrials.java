package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.util.List;
import org.hmsach.bench.faults.campaign.Tally;

/** What the trials on the platform have in common. */
final class PlatformTrials {
    private PlatformTrials() {}

    /** The end of a fault under load: what has no answer is sent again, then clients and tape are compared. */
    static void prove(Rig rig, Tally tally) throws IOException, InterruptedException {
        rig.settle();
        Judgement judgement = rig.judge();
        tally.compared(judgement.missing(), judgement.doubled());
        judgement.problems().forEach(tally::wrong);
    }

    /** The end of a trial: that, the read models beside the tape, a clean stop, everything verified. */
    static void finish(Rig rig, Tally tally) throws IOException, InterruptedException {
        rig.rest();
        prove(rig, tally);
        rig.readModelDifferences().forEach(tally::wrong);
        tally.acknowledged(rig.acknowledged());
        rig.answers().unexpected().forEach(tally::wrong);
        rig.end();
        verify(rig, tally, "after a clean stop");
    }

    /** What {@code hms verify} says of the folder of a server that is gone. */
    static void verify(Rig rig, Tally tally, String when) throws IOException {
        List<String> problems = rig.verify();
        problems.forEach(problem -> tally.wrong(when + ": " + problem));
    }
}
