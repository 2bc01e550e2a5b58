package org.hmsach.bench.faults.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Runs scenarios one after the other, the trials of each in lanes, and prints what they saw. */
public final class Campaign {
    private static final int MOST_TURNS = 3;
    private final Options options;
    private final Path directory;
    private final PrintStream out;

    /** Trials get folders in {@code directory}. */
    public Campaign(Options options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory;
        this.out = out;
    }

    /** Runs all; what was seen in total. */
    public Report run(List<Scenario> scenarios) throws InterruptedException {
        Tally total = new Tally();
        List<String> rows = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            long beganNs = System.nanoTime();
            List<Trial> trials = scenario.plan(options);
            Report report = runAll(scenario, trials);
            total.add(report);
            if (!trials.isEmpty()) {
                rows.add(row(scenario.name(), trials.size(), report, System.nanoTime() - beganNs));
            }
        }
        out.println();
        out.printf(
                "%-22s%s%n",
                "scenario",
                "trials  kills   disk  acknowledged missing doubled wrong"
                        + "   answers again s (median, most)  took s");
        rows.forEach(out::println);
        out.println(row("all", 0, total.report(), 0));
        return total.report();
    }

    private Report runAll(Scenario scenario, List<Trial> trials) throws InterruptedException {
        Tally tally = new Tally();
        AtomicInteger number = new AtomicInteger();
        ExecutorService lanes = Executors.newFixedThreadPool(Math.max(1, scenario.lanes(options)));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Trial trial : trials) {
                Path own = directory.resolve(scenario.name() + "-" + number.incrementAndGet());
                running.add(lanes.submit(() -> tally.add(runOne(scenario, trial, own))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a trial broke the campaign", e.getCause());
        } finally {
            lanes.shutdownNow();
        }
        return tally.report();
    }

    /** A trial that throws did not hold: whatever it is, it is told and counted. */
    private Report runOne(Scenario scenario, Trial trial, Path own) {
        Report report;
        long beganNs = System.nanoTime();
        try {
            report = runSoundly(scenario, trial, own);
        } catch (Exception e) {
            Tally failed = new Tally();
            failed.wrong(trial.name() + ": " + e);
            e.printStackTrace(out);
            report = failed.report();
        }
        String what =
                report.skipped().isEmpty() ? (report.held() ? "held" : "NOT HELD") : "skipped: " + report.skipped();
        out.printf("%s: %s: %s (%.1f s)%n", scenario.name(), trial.name(), what, (System.nanoTime() - beganNs) / 1e9);
        report.wrong().forEach(wrong -> out.println("    " + wrong));
        if (report.held()) {
            delete(own);
        } else {
            out.println("    kept: " + own);
        }
        return report;
    }

    /** Again in new folders while only the instrument failed, a few times at most. */
    private Report runSoundly(Scenario scenario, Trial trial, Path own) throws Exception {
        for (int turn = 1; ; turn++) {
            Path ground = turn == 1 ? own : own.resolve("again-" + turn);
            Files.createDirectories(ground);
            try {
                return trial.run(new Ground(ground, options));
            } catch (InstrumentFailed e) {
                out.println(scenario.name() + ": " + trial.name() + ": says nothing: " + e.getMessage());
                if (turn == MOST_TURNS) {
                    throw e;
                }
            }
        }
    }

    private void delete(Path own) {
        try (Stream<Path> all = Files.walk(own)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            out.println("    cannot remove " + own + ": " + e.getMessage());
        }
    }

    private static String row(String name, int trials, Report report, long tookNs) {
        List<Duration> sorted = report.answering().stream().sorted().toList();
        String answers = sorted.isEmpty()
                ? "-"
                : String.format(
                        "%.1f, %.1f",
                        sorted.get(sorted.size() / 2).toMillis() / 1e3,
                        sorted.get(sorted.size() - 1).toMillis() / 1e3);
        return String.format(
                "%-22s%6d %6d %6d %13d %7d %7d %5d   %30s %7.0f",
                name,
                trials,
                report.kills(),
                report.diskFaults(),
                report.acknowledged(),
                report.missing(),
                report.doubled(),
                report.wrong().size(),
                answers,
                tookNs / 1e9);
    }
}
