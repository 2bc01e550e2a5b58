package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** What the trials on a core have in common. */
final class CoreTrials {
    /** A core must answer again within this, its wait after a crash included; on a busy machine. */
    static final Duration OPEN = Duration.ofSeconds(120);

    /** The first entries name the cluster and its rules; before them there is nothing to compare. */
    private static final int FIRST_ENTRIES = 2;

    private CoreTrials() {}

    /** Adds what a proof found. */
    static void prove(Tally tally, Proof proof) {
        tally.compared(proof.missing(), proof.doubled());
        proof.wrong().forEach(tally::wrong);
    }

    /**
     * Looks at what a dead process left, starts the next one, and compares what it says.
     *
     * @param answering whether clients wait for answers, so that the first one can be timed
     */
    static CoreProcess comeBack(CoreUnderTest core, Tally tally, boolean answering) throws Exception {
        return comeBack(core, tally, answering, List.of());
    }

    /** The same, run by another command. */
    static CoreProcess comeBack(CoreUnderTest core, Tally tally, boolean answering, List<String> wrapper)
            throws Exception {
        Proof proof = new Proof(core.directory()).with(core.journal());
        CoreProcess process = core.start(wrapper);
        CoreStatus status = process.awaitReady(OPEN);
        if (proof.report().entries() >= FIRST_ENTRIES) {
            proof.with(status);
        }
        if (answering) {
            tally.answers(process.awaitAnswering(OPEN));
        }
        prove(tally, proof);
        return process;
    }

    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Stands for trials that cannot be done here. */
    static Trial skipped(String why) {
        return new Trial() {
            @Override
            public String name() {
                return "all";
            }

            @Override
            public Report run(Ground ground) {
                return Report.skipped(why);
            }
        };
    }
}
