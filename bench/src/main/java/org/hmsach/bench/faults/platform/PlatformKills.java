package org.hmsach.bench.faults.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** SIGKILL of the whole platform at random moments, under load and now and then while it starts. */
public final class PlatformKills implements Scenario {
    private static final int KILLS_A_LIFE = 10;
    private static final int LEAST_LOAD_MS = 500;
    private static final int MOST_LOAD_MS = 4_000;
    private static final int LEAST_ANSWERS = 20;
    private static final int MOST_START_MS = 12_000;
    private static final int ONE_IN = 5;

    @Override
    public String name() {
        return "platform-kills";
    }

    @Override
    public List<Trial> plan(Options options) {
        List<Trial> trials = new ArrayList<>();
        int left = options.platformKills();
        for (int life = 1; left > 0; life++) {
            int kills = Math.min(left, KILLS_A_LIFE);
            trials.add(new Life(kills, options.seed() + life));
            left -= kills;
        }
        return trials;
    }

    @Override
    public int lanes(Options options) {
        return 1;
    }

    private record Life(int kills, long seed) implements Trial {
        @Override
        public String name() {
            return kills + " kills, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Random random = new Random(seed);
            try (Rig rig = new Rig(ground.directory().resolve("data"))) {
                rig.begin(seed);
                int left = kills;
                while (left > 0) {
                    rig.load();
                    long enough = rig.acknowledged() + LEAST_ANSWERS;
                    Rig.pause(LEAST_LOAD_MS + random.nextInt(MOST_LOAD_MS));
                    rig.await("acknowledged requests", () -> rig.acknowledged() >= enough);
                    rig.kill();
                    tally.killed();
                    left--;
                    rig.rest();
                    PlatformTrials.verify(rig, tally, "after a kill");
                    if (left > 0 && random.nextInt(ONE_IN) == 0) {
                        rig.startAndKill(random.nextInt(MOST_START_MS));
                        tally.killed();
                        left--;
                    }
                    tally.answers(rig.comeBack());
                    PlatformTrials.prove(rig, tally);
                }
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }
    }
}
