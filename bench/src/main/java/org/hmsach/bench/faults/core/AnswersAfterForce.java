package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.Recording;
import org.hmsach.core.internal.log.LogCheck;
import org.hmsach.core.internal.log.LogFiles;
import org.hmsach.core.internal.machine.Machine;

/** No answer before the force that covers its entry, and none on the strength of one that failed; strace is witness. */
public final class AnswersAfterForce implements Scenario {
    private static final int CLIENTS = 8;
    private static final long LOAD_MS = 4_000;
    private static final long MOST_LOAD_MS = 60_000;
    private static final int LEAST_ANSWERS = 200;

    @Override
    public String name() {
        return "core-force-order";
    }

    @Override
    public List<Trial> plan(Options options) {
        if (!Strace.isPresent()) {
            return List.of(CoreTrials.skipped("strace is not there"));
        }
        List<String> slow = List.of("-e", "inject=fdatasync:delay_exit=20000");
        List<String> failing = List.of("-e", "inject=fdatasync:error=EIO:when=150");
        return options.brief()
                ? List.of(new Watched("a force fails", failing, options.seed()))
                : List.of(
                        new Watched("a sound disk", List.of(), options.seed()),
                        new Watched("each force takes 20 ms more", slow, options.seed()),
                        new Watched("a force fails", failing, options.seed()));
    }

    private record Watched(String name, List<String> options, long seed) implements Trial {
        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Path trace = ground.directory().resolve("strace.txt");
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES)) {
                CoreProcess process = core.start(Strace.writingDown(trace, "pwrite64,write,fdatasync,fsync", options));
                CoreLoad load = new CoreLoad(core, CLIENTS, seed);
                load.start();
                process.awaitAnswering(CoreTrials.OPEN);
                long beganNs = System.nanoTime();
                while (millisSince(beganNs) < LOAD_MS
                        || (core.journal().size() < LEAST_ANSWERS && millisSince(beganNs) < MOST_LOAD_MS)) {
                    CoreTrials.pause(50);
                }
                load.finish();
                process.stop();
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(load.clients()));
                look(core, trace, tally);
                tally.acknowledged(core.journal().size());
            }
            return tally.report();
        }

        private static long millisSince(long ns) {
            return (System.nanoTime() - ns) / 1_000_000;
        }

        private void look(CoreUnderTest core, Path trace, Tally tally) throws IOException {
            Map<Long, Long> ends = new HashMap<>();
            LogFiles files = LogFiles.read(core.directory(), problem -> tally.wrong(problem.toString()));
            LogCheck.run(files, new LogCheck.Kind<>(Machine::new, Machine::stateSha256), new Ends(ends, tally));
            Recording log = files.log().orElseThrow();
            ForceOrder order = new ForceOrder(core.directory().resolve(log.nameOf(0)), ends).read(trace);
            order.wrong().forEach(tally::wrong);
            for (long i = 0; i < order.failedForces(); i++) {
                tally.diskFailed();
            }
            if (order.answers() < LEAST_ANSWERS || order.forces() == 0) {
                tally.wrong("strace saw " + order.answers() + " answers and " + order.forces() + " forces of the log");
            }
        }
    }

    private record Ends(Map<Long, Long> ends, Tally tally) implements LogCheck.Listener {
        @Override
        public void onProblem(Problem problem) {
            tally.wrong(problem.toString());
        }

        @Override
        public void onNote(Problem note) {
            // what is to know and not wrong is not looked at here
        }

        @Override
        public void onEntry(long entry, long position) {
            ends.put(entry, position);
        }
    }
}
