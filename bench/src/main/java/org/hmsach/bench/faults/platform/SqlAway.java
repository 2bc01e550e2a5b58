package org.hmsach.bench.faults.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;
import org.hmsach.bench.run.Postgres;

/** The SQL database crashes under load, stays away for a while and comes back: trading goes on meanwhile. */
public final class SqlAway implements Scenario {
    private static final long LOAD_MS = 5_000;
    private static final long AWAY_MS = 15_000;
    private static final int TIMES = 2;

    @Override
    public String name() {
        return "platform-sql";
    }

    @Override
    public List<Trial> plan(Options options) {
        return options.brief() ? List.of() : List.of(new Away(options.seed()));
    }

    @Override
    public int lanes(Options options) {
        return 1;
    }

    private record Away(long seed) implements Trial {
        @Override
        public String name() {
            return "PostgreSQL away " + TIMES + " times for " + AWAY_MS / 1_000 + " s, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Optional<Postgres> installed = Postgres.start();
            if (installed.isEmpty()) {
                return Report.skipped("PostgreSQL is not installed");
            }
            Tally tally = new Tally();
            try (Postgres postgres = installed.get();
                    Rig rig = new Rig(ground.directory().resolve("data"))) {
                rig.configure(
                        "org.hmsach.store",
                        Map.of(
                                "url",
                                postgres.url(),
                                "user",
                                Postgres.USER,
                                "dsf.target",
                                "(osgi.jdbc.driver.class=org.postgresql.Driver)"));
                rig.begin(seed);
                rig.load();
                for (int i = 0; i < TIMES; i++) {
                    Rig.pause(LOAD_MS);
                    System.out.println("  before: " + rig.answers().take());
                    away(rig, postgres, tally);
                    rig.rest();
                    PlatformTrials.prove(rig, tally);
                    rig.readModelDifferences().forEach(tally::wrong);
                    rig.load();
                }
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }

        private static void away(Rig rig, Postgres postgres, Tally tally) throws Exception {
            postgres.crash();
            long beganNs = System.nanoTime();
            Rig.pause(AWAY_MS);
            AnswerCount.Count away = rig.answers().take();
            System.out.println("  away: " + away);
            if (away.acknowledged() == 0) {
                tally.wrong("nothing was acknowledged while the database was away: " + away);
            }
            postgres.open();
            tally.diskFailed();
            System.out.printf("  back after %.1f s%n", Rig.secondsSince(beganNs));
            tally.answers(rig.firstAnswer(System.nanoTime()));
        }
    }
}
