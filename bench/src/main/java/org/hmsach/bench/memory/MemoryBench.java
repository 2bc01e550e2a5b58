package org.hmsach.bench.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hmsach.bench.run.Comparison;
import org.hmsach.bench.run.HmsCommand;

/**
 * The heap that the machine and the published views keep, stage by stage: accounts with access, a deposit and a
 * position each, an open order each. Then the processor time of a start of the whole platform.
 */
public final class MemoryBench {
    private static final int ACCOUNTS = 1_000_000;
    private static final double GIB = 1L << 30;

    private MemoryBench() {}

    /** @param args accounts (1000000), home of the distribution (left out: no start is measured) */
    public static void main(String[] args) throws Exception {
        int accounts = args.length > 0 ? Integer.parseInt(args[0]) : ACCOUNTS;
        new Comparison(1, 0).printMachine("memory, " + accounts + " accounts");
        Population population = new Population();
        long[] used = new long[5];
        used[0] = heap();
        population.open(accounts);
        used[1] = heap();
        print("account with access and cash", used[1] - used[0], accounts);
        population.deposit();
        used[2] = heap();
        print("deposit, kept for good", used[2] - used[1], accounts);
        population.hold();
        used[3] = heap();
        print("position, with its filled order and its obligation", used[3] - used[2], accounts);
        population.order();
        used[4] = heap();
        print("open order", used[4] - used[3], accounts);
        population.requireWhole(accounts);
        if (args.length > 1) {
            printStart(Path.of(args[1]));
        }
        double whole = used[4] - used[0];
        System.out.printf(
                Locale.ROOT,
                "ratio to 4 GiB of a heap with %,d accounts: %.2f (wanted below 1), %.2f GiB%n",
                accounts,
                whole / (4 * GIB),
                whole / GIB);
    }

    /** What is still used after collections have run. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private static void print(String what, long bytes, int accounts) {
        System.out.printf(Locale.ROOT, "%-52s %,6d bytes%n", what, bytes / accounts);
    }

    private static void printStart(Path home) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hms-bench-start");
        long start = System.nanoTime();
        String line = HmsCommand.run(home, "start", "--json", "--port", "0", "--data", data.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        Optional<Duration> cpu = ProcessHandle.of(
                        new ObjectMapper().readTree(line).path("pid").asLong())
                .flatMap(process -> process.info().totalCpuDuration());
        HmsCommand.run(home, "stop", "--data", data.toString());
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "start of the platform: ready after %.1f s, %.1f CPU seconds%n",
                seconds,
                cpu.orElseThrow().toMillis() / 1e3);
    }
}
