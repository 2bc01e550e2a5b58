package org.hmsach.bench.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hmsach.bench.run.Comparison;

/**
 * How fast the core comes back: a log of so many entries of the order path, written live in groups, is opened again and
 * again, first without a snapshot, then with one; beside it the rate at which it was written.
 */
public final class RecoveryBench {
    private static final int ENTRIES = 1_000_000;
    private static final int CHUNK = 20_000;
    private static final int IN_FLIGHT = 4_096;
    private static final int ROUNDS = 5;

    private RecoveryBench() {}

    /** @param args starts of each kind (5), entries (1000000) */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Comparison.rounds(args) : ROUNDS;
        int size = args.length > 1 ? Integer.parseInt(args[1]) : ENTRIES;
        new Comparison(rounds, 0).printMachine("recovery of " + size + " entries");
        try (FileSystem files = new FileSystem()) {
            files.print();
            Path directory = files.directory().resolve("core");
            Entries entries = new Entries(size);
            double livePerSecond = write(directory, entries, size);
            double replay = open(directory, entries, rounds);
            print("without snapshot", replay, size, livePerSecond);
            try (CoreLog log = new CoreLog(directory)) {
                log.snapshot();
            }
            double snapshot = open(directory, entries, rounds);
            print("with snapshot", snapshot, size, livePerSecond);
            System.out.printf(
                    Locale.ROOT,
                    "ratio to the live rate of %,.0f entries a second: %.2f without snapshot (wanted 2), %.2f with%n",
                    livePerSecond,
                    size / replay / livePerSecond,
                    size / snapshot / livePerSecond);
        }
    }

    /** Entries a second, without the time in which they are made. */
    private static double write(Path directory, Entries entries, int size) throws InterruptedException {
        long nanos = 0;
        try (CoreLog log = new CoreLog(directory)) {
            log.send(entries.founding(), IN_FLIGHT);
            long from = log.entry();
            for (int chunk = 0; log.entry() < size; chunk++) {
                List<byte[]> commands = entries.chunk(chunk, CHUNK);
                long start = System.nanoTime();
                log.send(commands, IN_FLIGHT);
                nanos += System.nanoTime() - start;
            }
            return (log.entry() - from) * 1e9 / nanos;
        }
    }

    /** Median seconds until the log takes commands again with every account as it was. */
    private static double open(Path directory, Entries entries, int rounds) throws IOException {
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            try (CoreLog log = new CoreLog(directory)) {
                seconds[round] = (System.nanoTime() - start) / 1e9;
                entries.requireSame(log.accounts());
            }
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }

    private static void print(String what, double seconds, int size, double livePerSecond) {
        System.out.printf(
                Locale.ROOT,
                "%-18s open after %.2f s, %,.0f entries a second, %.2f of the live rate%n",
                what,
                seconds,
                size / seconds,
                size / seconds / livePerSecond);
    }
}
