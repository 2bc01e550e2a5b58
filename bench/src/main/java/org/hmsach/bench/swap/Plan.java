package org.hmsach.bench.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured, and how much of it.
 *
 * @param only modules to replace instead of all
 * @param ways how to replace those; empty: side by side
 * @param rate orders a second; 0: half of what the machine takes
 */
record Plan(
        int warmUpS,
        int swaps,
        int others,
        int plain,
        long settleMs,
        long watchMs,
        List<String> only,
        Set<PlainWay> ways,
        int rate) {
    /** The compiler of the server's JVM needs the warm-up. */
    private static final Plan FULL = new Plan(60, 100, 20, 20, 300, 300, List.of(), Set.of(), 0);

    /** What {@code mvn verify} runs. */
    static final Plan SHORT = new Plan(5, 5, 1, 2, 300, 200, List.of(), Set.of(), 0);

    /** @param options as the script {@code bench/swap} names them */
    static Plan of(List<String> options) {
        List<String> modules = values(options, "--only");
        Set<PlainWay> ways = EnumSet.noneOf(PlainWay.class);
        values(options, "--ways").forEach(way -> ways.add(PlainWay.valueOf(way.toUpperCase(Locale.ROOT))));
        Plan plan = options.contains("--short") ? SHORT : FULL;
        int rate = number(options, "--rate", 0);
        int swaps = number(options, "--swaps", modules.isEmpty() ? plan.swaps() : plan.others());
        return new Plan(
                plan.warmUpS(),
                swaps,
                plan.others(),
                modules.isEmpty() ? plan.plain() : swaps,
                plan.settleMs(),
                plan.watchMs(),
                modules,
                ways,
                rate);
    }

    /** Whether it is meant for a build. */
    boolean isShort() {
        return warmUpS == SHORT.warmUpS();
    }

    /** In the short form the versions that are waited for are tried once. */
    List<ModuleJars.Fault> faults(boolean first) {
        return Arrays.stream(ModuleJars.Fault.values())
                .filter(fault -> first || !isShort() || !fault.isWaitedFor())
                .toList();
    }

    private static int number(List<String> options, String name, int otherwise) {
        List<String> values = values(options, name);
        return values.isEmpty() ? otherwise : Integer.parseInt(values.get(0));
    }

    private static List<String> values(List<String> options, String name) {
        int at = options.indexOf(name);
        List<String> values = new ArrayList<>();
        for (int i = at + 1; at >= 0 && i < options.size() && !options.get(i).startsWith("--"); i++) {
            values.add(options.get(i));
        }
        return values;
    }
}
