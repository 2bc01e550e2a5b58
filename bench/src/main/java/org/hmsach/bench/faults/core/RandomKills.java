package org.hmsach.bench.faults.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** SIGKILL at random moments: under load, while a snapshot is taken, while the core starts. */
public final class RandomKills implements Scenario {
    private static final int KILLS_A_LIFE = 10;
    private static final int KILLS_IN_BRIEF = 3;
    private static final int CLIENTS = 8;
    private static final int FIRST_START_MS = 3_000;
    private static final int MOST_START_MS = 14_000;

    @Override
    public String name() {
        return "core-kills";
    }

    @Override
    public List<Trial> plan(Options options) {
        List<Trial> trials = new ArrayList<>();
        int left = options.kills();
        for (int life = 1; left > 0; life++) {
            int kills = Math.min(left, options.brief() ? KILLS_IN_BRIEF : KILLS_A_LIFE);
            trials.add(new Life(kills, options.seed() + life));
            left -= kills;
        }
        return trials;
    }

    /** One folder that is killed again and again. */
    private record Life(int kills, long seed) implements Trial {
        @Override
        public String name() {
            return kills + " kills, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Random random = new Random(seed);
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES)) {
                if (random.nextInt(3) == 0) {
                    CoreProcess first = core.start(List.of());
                    pause(random, FIRST_START_MS);
                    first.kill();
                    tally.killed();
                }
                CoreProcess process = core.start(List.of());
                process.awaitReady(CoreTrials.OPEN);
                CoreLoad load = new CoreLoad(core, CLIENTS, seed);
                load.start();
                for (int i = 0; i < kills; i++) {
                    suffer(process, random);
                    process.kill();
                    tally.killed();
                    process = comeBack(core, tally, random);
                }
                load.finish();
                process.stop();
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(load.clients()));
                tally.acknowledged(core.journal().size());
            }
            return tally.report();
        }

        /** Until the moment of the kill. */
        private static void suffer(CoreProcess process, Random random) throws InterruptedException, TimeoutException {
            process.awaitAnswering(CoreTrials.OPEN);
            pause(random, 2_500);
            if (random.nextInt(3) == 0) {
                process.snapshot();
                pause(random, 60);
            }
        }

        /** Looks at what lies there, starts it (and at times kills it in the middle of that), and compares both. */
        private static CoreProcess comeBack(CoreUnderTest core, Tally tally, Random random) throws Exception {
            if (random.nextInt(5) == 0) {
                CoreProcess starting = core.start(List.of());
                pause(random, MOST_START_MS);
                starting.kill();
                tally.killed();
            }
            return CoreTrials.comeBack(core, tally, true);
        }

        private static void pause(Random random, int mostMs) {
            CoreTrials.pause(random.nextInt(mostMs));
        }
    }
}
