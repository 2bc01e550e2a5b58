package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/** SIGKILL at the N-th write, force, change of size, rename and removal of a fixed script; in the long form at all. */
public final class WritePoints implements Scenario {
    private static final int SAMPLE_IN_BRIEF = 3;
    private static final int SAMPLE = 24;
    private static final Duration AT_MOST = Duration.ofSeconds(180);

    @Override
    public String name() {
        return "core-write-points";
    }

    @Override
    public List<Trial> plan(Options options) {
        if (options.kills() == 0) {
            return List.of();
        }
        if (!Strace.isPresent()) {
            return List.of(CoreTrials.skipped("strace is not there"));
        }
        List<Trial> points = new ArrayList<>();
        count().forEach((call, most) -> {
            for (int n = 1; n <= most; n++) {
                points.add(new Point(call, n));
            }
        });
        if (options.sweep()) {
            System.out.println(points.size() + " write points, the first " + options.skip() + " are left out");
            return List.copyOf(points.subList(Math.min(options.skip(), points.size()), points.size()));
        }
        Collections.shuffle(points, new Random(options.seed()));
        // a first start cut off before there is a log is always among them
        points.add(0, new Point("fdatasync", 2));
        return points.subList(0, Math.min(points.size(), options.brief() ? SAMPLE_IN_BRIEF : SAMPLE));
    }

    /** Runs the script once, undisturbed, to count. */
    private static Map<String, Integer> count() {
        try {
            Path ground = Files.createTempDirectory("hms-faults-count-");
            Path out = ground.resolve("calls.txt");
            try (CoreUnderTest core = new CoreUnderTest(ground, CoreUnderTest.FLOOR_BYTES);
                    Script script = new Script(core)) {
                CoreProcess process = core.start(Strace.onFilesOf(core.directory(), out, Strace.CALLS, List.of()));
                Script.finish(script.start(), AT_MOST);
                process.stop();
            }
            Map<String, Integer> counted = new TreeMap<>(Strace.mostByOneThread(out));
            CoreTrials.remove(ground);
            return counted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the write points cannot be counted", e);
        }
    }

    private record Point(String call, int number) implements Trial {
        @Override
        public String name() {
            return "killed at " + call + " " + number;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES);
                    Script script = new Script(core)) {
                Path out = ground.directory().resolve("strace.txt");
                CoreProcess process = core.start(Strace.killingAt(call, number, core.directory(), out));
                Future<Void> running = script.start();
                while (!running.isDone() && !process.isGone()) {
                    CoreTrials.pause(5);
                }
                if (running.isDone()) {
                    process.stop();
                }
                if (process.awaitEnd() != 0) {
                    tally.killed();
                    process = CoreTrials.comeBack(core, tally, !running.isDone());
                    Script.finish(running, AT_MOST);
                    process.stop();
                }
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(List.of(script.client())));
                tally.acknowledged(core.journal().size());
            }
            return tally.report();
        }
    }
}
