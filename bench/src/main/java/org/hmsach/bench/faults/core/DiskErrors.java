package org.hmsach.bench.faults.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/**
 * EIO and ENOSPC at the N-th write, force or change of size, once or from then on, under load. After a single error the
 * core opens its log anew by itself; after a lasting one it is killed and comes back on a sound disk. Then it is killed
 * once more, so that what a failed write left behind the log's end is met.
 */
public final class DiskErrors implements Scenario {
    private static final int CLIENTS = 4;
    private static final int MOST_WRITES = 120;
    private static final int MOST_OTHERS = 8;
    private static final Duration REACHED = Duration.ofSeconds(60);
    private static final long GOES_ON_MS = 2_000;
    private static final List<String> OFTEN =
            List.of("fdatasync:error=EIO", "pwrite64:error=EIO", "pwrite64:error=ENOSPC", "fdatasync:error=ENOSPC");
    private static final List<String> SELDOM = List.of(
            "msync:error=EIO",
            "ftruncate:error=ENOSPC",
            "write:error=ENOSPC",
            "fsync:error=EIO",
            "ftruncate:error=EIO");

    @Override
    public String name() {
        return "core-disk-errors";
    }

    @Override
    public List<Trial> plan(Options options) {
        if (options.diskFaults() == 0) {
            return List.of();
        }
        if (!Strace.isPresent()) {
            return List.of(CoreTrials.skipped("strace is not there"));
        }
        Random random = new Random(options.seed());
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < options.diskFaults(); i++) {
            boolean often = i % 5 != 4;
            List<String> kinds = often ? OFTEN : SELDOM;
            String fault = kinds.get((often ? i - i / 5 : i / 5) % kinds.size());
            // the first one while the log is being made: a start that fails is tried again
            int number = i == 0 ? 1 : 1 + random.nextInt(often ? MOST_WRITES : MOST_OTHERS);
            trials.add(new Failing(fault, number, i > 0 && random.nextInt(3) == 0, options.seed() + i));
        }
        return trials;
    }

    private record Failing(String fault, int number, boolean lasting, long seed) implements Trial {
        @Override
        public String name() {
            return fault + (lasting ? " from number " : " once at number ") + number + ", seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Path out = ground.directory().resolve("strace.txt");
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES)) {
                String inject = "inject=" + fault + ":when=" + number + (lasting ? "+" : "");
                String call = fault.substring(0, fault.indexOf(':'));
                List<String> strace = Strace.onFilesOf(core.directory(), out, call, List.of("-e", inject));
                CoreProcess process = core.start(lasting ? strace : Strace.detachable(strace));
                CoreLoad load = new CoreLoad(core, CLIENTS, seed);
                load.start();
                boolean failed = awaitFault(out, process);
                if (failed) {
                    tally.diskFailed();
                }
                if (failed && !lasting) {
                    Strace.detach(out);
                    awaitAnswer(core, process, tally);
                } else {
                    CoreTrials.pause(GOES_ON_MS);
                }
                process.kill();
                tally.killed();
                process = CoreTrials.comeBack(core, tally, true);
                CoreTrials.pause(GOES_ON_MS / 2);
                process.kill();
                tally.killed();
                process = CoreTrials.comeBack(core, tally, true);
                load.finish();
                process.stop();
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(load.clients()));
                tally.acknowledged(core.journal().size());
            }
            return tally.report();
        }

        private static boolean awaitFault(Path out, CoreProcess process) throws Exception {
            long deadline = System.nanoTime() + REACHED.toNanos();
            while (!Strace.hasInjected(out)) {
                if (System.nanoTime() > deadline || process.isGone()) {
                    return Strace.hasInjected(out);
                }
                CoreTrials.pause(50);
            }
            return true;
        }

        /** It helps itself: an answer that was asked for after the error, by the same process. */
        private static void awaitAnswer(CoreUnderTest core, CoreProcess process, Tally tally) {
            long beganNs = System.nanoTime();
            CoreTrials.pause(200);
            int before = core.journal().size();
            while (core.journal().size() == before && !process.isGone()) {
                if (System.nanoTime() - beganNs > CoreTrials.OPEN.toNanos()) {
                    tally.wrong("no answer within " + CoreTrials.OPEN + " after one error of the disk");
                    return;
                }
                CoreTrials.pause(20);
            }
            if (!process.isGone()) {
                tally.answers(Duration.ofNanos(System.nanoTime() - beganNs));
            }
        }
    }
}
