package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** The machine's clock is set by an hour and by three days, forwards and back, while the platform runs and between. */
public final class ClockJumps implements Scenario {
    private static final long HOUR_S = 3_600;
    private static final long DAY_S = 24 * HOUR_S;
    private static final long LOAD_MS = 4_000;
    /** So long libfaketime goes on with what it read last. */
    private static final long READ_AGAIN_MS = 1_100;

    @Override
    public String name() {
        return "platform-clock";
    }

    @Override
    public List<Trial> plan(Options options) {
        return options.brief()
                ? List.of()
                : List.of(new WhileItRuns(options.seed()), new BetweenLives(options.seed() + 1));
    }

    @Override
    public int lanes(Options options) {
        return 1;
    }

    /** libfaketime, where Debian's package puts it. */
    static Optional<Path> library() throws IOException {
        Path libraries = Path.of("/usr/lib");
        try (Stream<Path> places = Files.list(libraries)) {
            return places.map(place -> place.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
    }

    /** A clock that stands so far from the true one as a file says. */
    private static final class Clock {
        private final Path file;
        private final Map<String, String> variables;

        Clock(Path file, Path library) throws IOException {
            this.file = file;
            set(0);
            // Java measures how long by the monotonic clock, which nobody sets; without the last one its waits spin
            variables = Map.of(
                    "LD_PRELOAD", library.toString(),
                    "FAKETIME_TIMESTAMP_FILE", file.toString(),
                    "FAKETIME_CACHE_DURATION", "1",
                    "FAKETIME_DISABLE_SHM", "1",
                    "DONT_FAKE_MONOTONIC", "1",
                    "FAKETIME_FORCE_MONOTONIC_FIX", "0");
        }

        void set(long aheadS) throws IOException {
            Files.writeString(file, (aheadS < 0 ? "" : "+") + aheadS);
        }
    }

    private record WhileItRuns(long seed) implements Trial {
        @Override
        public String name() {
            return "+1 h, -1 h, +3 d, -3 d while it runs, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Optional<Path> library = library();
            if (library.isEmpty()) {
                return Report.skipped("there is no libfaketime (Debian package faketime)");
            }
            Tally tally = new Tally();
            Clock clock = new Clock(ground.directory().resolve("clock"), library.get());
            try (Rig rig = new Rig(ground.directory().resolve("data"))) {
                rig.variables(clock.variables);
                rig.begin(seed);
                for (long aheadS : new long[] {HOUR_S, 0, 3 * DAY_S, 0, -HOUR_S}) {
                    rig.load();
                    Rig.pause(LOAD_MS);
                    clock.set(aheadS);
                    Rig.pause(READ_AGAIN_MS);
                    tally.answers(rig.firstAnswer(System.nanoTime()));
                    Rig.pause(LOAD_MS);
                    rig.rest();
                    System.out.println(
                            "  clock " + aheadS + " s ahead: " + rig.answers().take());
                    PlatformTrials.prove(rig, tally);
                }
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }
    }

    private record BetweenLives(long seed) implements Trial {
        @Override
        public String name() {
            return "killed and started again 1 h and 3 d later, 1 h and 3 d earlier, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Optional<Path> library = library();
            if (library.isEmpty()) {
                return Report.skipped("there is no libfaketime (Debian package faketime)");
            }
            Tally tally = new Tally();
            Clock clock = new Clock(ground.directory().resolve("clock"), library.get());
            try (Rig rig = new Rig(ground.directory().resolve("data"))) {
                rig.variables(clock.variables);
                rig.begin(seed);
                for (long aheadS : new long[] {HOUR_S, 0, 3 * DAY_S, 0}) {
                    rig.load();
                    Rig.pause(LOAD_MS);
                    rig.kill();
                    tally.killed();
                    rig.rest();
                    PlatformTrials.verify(rig, tally, "after a kill");
                    clock.set(aheadS);
                    tally.answers(rig.comeBack());
                    System.out.println(
                            "  started " + aheadS + " s ahead: " + rig.answers().take());
                    PlatformTrials.prove(rig, tally);
                }
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }
    }
}
