package org.hmsach.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs contenders in turn, the last one being the yardstick, and compares medians of operations per second and per CPU
 * second of the contender's process. Different digests end it: figures of different results mean nothing.
 */
public final class Comparison {
    static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What a contender did: medians of operations a second by the clock and by the processors' time. */
    public record Figures(String name, double perSecond, double perCpuSecond) {}

    private final int rounds;
    private final int warmUps;

    /** @param rounds measured, after {@code warmUps} that are not */
    public Comparison(int rounds, int warmUps) {
        this.rounds = rounds;
        this.warmUps = warmUps;
    }

    /** The first argument as the number of rounds, or nine. @throws IllegalArgumentException below 1 */
    public static int rounds(String... args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be 1 or more: " + rounds);
        }
        return rounds;
    }

    /** Prints what is needed to judge the figures: Java, processors, load. */
    public void printMachine(String what) {
        System.out.printf(
                Locale.ROOT,
                "%s: java %s, %d processors, load %.2f, %d rounds after %d to warm up%n",
                what,
                System.getProperty("java.version"),
                MACHINE.getAvailableProcessors(),
                MACHINE.getSystemLoadAverage(),
                rounds,
                warmUps);
    }

    /** @throws IllegalStateException when two contenders' results differ in any round */
    public List<Figures> run(String what, Contender... contenders) throws Exception {
        List<List<double[]>> seen = new ArrayList<>();
        for (int i = 0; i < contenders.length; i++) {
            seen.add(new ArrayList<>());
        }
        for (int round = -warmUps; round < rounds; round++) {
            long[] digests = new long[contenders.length];
            for (int i = 0; i < contenders.length; i++) {
                double[] rates = measure(contenders[i]);
                digests[i] = contenders[i].digest();
                if (round >= 0) {
                    seen.get(i).add(rates);
                }
            }
            requireEqual(what, contenders, digests);
        }
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < contenders.length; i++) {
            figures.add(new Figures(contenders[i].name(), median(seen.get(i), 0), median(seen.get(i), 1)));
        }
        print(what, figures);
        return figures;
    }

    /** Ratio of the first contender to the yardstick, by the clock. */
    public static double ratio(List<Figures> figures) {
        return figures.get(0).perSecond() / figures.get(figures.size() - 1).perSecond();
    }

    private static double[] measure(Contender contender) throws Exception {
        contender.prepare();
        long cpu = contender.cpuNanos();
        long start = System.nanoTime();
        long operations = contender.run();
        long nanos = System.nanoTime() - start;
        long cpuNanos = Math.max(1, contender.cpuNanos() - cpu);
        return new double[] {operations * 1e9 / nanos, operations * 1e9 / cpuNanos};
    }

    private static void requireEqual(String what, Contender[] contenders, long[] digests) {
        for (int i = 1; i < digests.length; i++) {
            if (digests[i] != digests[0]) {
                throw new IllegalStateException("%s: the results differ: %s %016x, %s %016x"
                        .formatted(what, contenders[0].name(), digests[0], contenders[i].name(), digests[i]));
            }
        }
    }

    private static void print(String what, List<Figures> figures) {
        Figures yardstick = figures.get(figures.size() - 1);
        for (Figures each : figures) {
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %-24s %,14.0f/s %,14.0f per CPU second  %6.2f  %6.2f%n",
                    what,
                    each.name(),
                    each.perSecond(),
                    each.perCpuSecond(),
                    each.perSecond() / yardstick.perSecond(),
                    each.perCpuSecond() / yardstick.perCpuSecond());
        }
        System.out.printf(Locale.ROOT, "%-24s load %.2f%n", what, MACHINE.getSystemLoadAverage());
    }

    private static double median(List<double[]> rates, int column) {
        double[] sorted = rates.stream().mapToDouble(r -> r[column]).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
