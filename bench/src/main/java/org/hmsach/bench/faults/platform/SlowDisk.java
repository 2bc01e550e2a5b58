package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** Every force of the disk takes long for a while: so does every answer, and nothing else happens. */
public final class SlowDisk implements Scenario {
    private static final long DELAY_MS = 50;
    private static final long LOAD_MS = 8_000;

    @Override
    public String name() {
        return "platform-slow-disk";
    }

    @Override
    public List<Trial> plan(Options options) {
        return options.brief() ? List.of() : List.of(new Slow(options.seed()));
    }

    @Override
    public int lanes(Options options) {
        return 1;
    }

    private record Slow(long seed) implements Trial {
        @Override
        public String name() {
            return "every force takes " + DELAY_MS + " ms more, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            try (Rig rig = new Rig(ground.directory().resolve("data"))) {
                rig.begin(seed);
                rig.load();
                Rig.pause(LOAD_MS);
                AnswerCount.Count before = rig.answers().take();
                Process strace;
                try {
                    strace = attach(rig.pid());
                } catch (IOException e) {
                    rig.rest();
                    return Report.skipped("there is no strace: " + e.getMessage());
                }
                Rig.pause(LOAD_MS);
                AnswerCount.Count slow = rig.answers().take();
                strace.destroy();
                strace.waitFor();
                tally.diskFailed();
                tally.answers(rig.firstAnswer(System.nanoTime()));
                Rig.pause(LOAD_MS);
                System.out.println("  before: " + before + "\n  slow: " + slow + "\n  after: "
                        + rig.answers().take());
                compare(slow, tally);
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }

        private static Process attach(long pid) throws IOException {
            return new ProcessBuilder(
                            "strace",
                            "-f",
                            "-qq",
                            "-o",
                            "/dev/null",
                            "-e",
                            "trace=fsync,fdatasync",
                            "-e",
                            "inject=fsync,fdatasync:delay_exit=" + TimeUnit.MILLISECONDS.toMicros(DELAY_MS),
                            "-p",
                            Long.toString(pid))
                    .inheritIO()
                    .start();
        }

        /** An answer that came sooner than a force takes was given before it. */
        private static void compare(AnswerCount.Count slow, Tally tally) {
            if (slow.acknowledged() == 0) {
                tally.wrong("nothing was acknowledged on the slow disk: " + slow);
            } else if (TimeUnit.NANOSECONDS.toMillis(slow.latencyNanos().getValueAtPercentile(50)) < DELAY_MS) {
                tally.wrong("half of the answers came sooner than a force takes: " + slow);
            }
        }
    }
}
