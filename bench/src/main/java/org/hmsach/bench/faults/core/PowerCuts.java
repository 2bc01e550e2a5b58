package org.hmsach.bench.faults.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** The power goes under load: of what was written and not forced, any sectors or pages are missing. */
public final class PowerCuts implements Scenario {
    private static final int CUTS_A_LIFE = 10;
    private static final int CUTS_IN_BRIEF = 3;
    private static final int CLIENTS = 32;
    private static final int MOST_LOAD_MS = 2_000;
    private static final int SECTOR = 512;
    private static final int PAGE = 4_096;

    @Override
    public String name() {
        return "core-power-cuts";
    }

    @Override
    public List<Trial> plan(Options options) {
        if (!Strace.isPresent()) {
            return List.of(CoreTrials.skipped("strace is not there"));
        }
        List<Trial> trials = new ArrayList<>();
        int left = options.diskFaults();
        for (int life = 1; left > 0; life++) {
            int cuts = Math.min(left, options.brief() ? CUTS_IN_BRIEF : CUTS_A_LIFE);
            trials.add(new Life(cuts, options.seed() + life));
            left = options.brief() ? 0 : left - cuts;
        }
        return trials;
    }

    /** One folder that loses its power again and again. */
    private record Life(int cuts, long seed) implements Trial {
        @Override
        public String name() {
            return cuts + " power cuts, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Random random = new Random(seed);
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES)) {
                Path trace = ground.directory().resolve("strace-0.txt");
                CoreProcess process = core.start(watched(trace));
                CoreLoad load = new CoreLoad(core, CLIENTS, seed);
                load.start();
                for (int cut = 1; cut <= cuts; cut++) {
                    process.awaitAnswering(CoreTrials.OPEN);
                    CoreTrials.pause(random.nextInt(MOST_LOAD_MS));
                    process.killAlone();
                    tally.killed();
                    Strace.awaitEnd(trace);
                    if (losesSome(trace, random)) {
                        tally.diskFailed();
                    }
                    trace = ground.directory().resolve("strace-" + cut + ".txt");
                    process = CoreTrials.comeBack(core, tally, true, watched(trace));
                }
                load.finish();
                process.stop();
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(load.clients()));
                tally.acknowledged(core.journal().size());
            }
            return tally.report();
        }

        private static List<String> watched(Path trace) {
            return Strace.writingDown(trace, "pwrite64,fdatasync,fsync", List.of());
        }

        private static boolean losesSome(Path trace, Random random) throws Exception {
            double keep = List.of(0.0, 0.5, 0.9).get(random.nextInt(3));
            return UnforcedWrites.read(trace).lose(random, keep, random.nextBoolean() ? SECTOR : PAGE) > 0;
        }
    }
}
