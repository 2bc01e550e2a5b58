package org.hmsach.bench.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    private static final int MOST_RATE = 10_000;
    private static final int MOST_SWAPS = 1_000;
    /** Each option, and how many values it takes at most. */
    private static final Map<String, Integer> OPTIONS = new TreeMap<>(
            Map.of("--short", 0, "--rate", 1, "--only", Integer.MAX_VALUE, "--swaps", 1, "--ways", Integer.MAX_VALUE));

    /** The compiler of the server's JVM needs the warm-up. */
    private static final Plan FULL = new Plan(60, 100, 20, 20, 300, 300, List.of(), Set.of(), 0);

    /** What {@code mvn verify} runs. */
    static final Plan SHORT = new Plan(5, 5, 1, 2, 300, 200, List.of(), Set.of(), 0);

    /**
     * @param options as the script {@code bench/swap} names them
     * @throws IllegalArgumentException that names the option, the value and what is possible
     */
    static Plan of(List<String> options) {
        Map<String, List<String>> given = parse(options);
        Plan plan = given.containsKey("--short") ? SHORT : FULL;
        List<String> modules = given.getOrDefault("--only", List.of());
        modules.stream()
                .filter(module -> !SwapBench.MODULES.contains(module))
                .findFirst()
                .ifPresent(module -> {
                    throw new IllegalArgumentException(
                            "--only " + module + " is none of " + String.join(" ", SwapBench.MODULES));
                });
        Set<PlainWay> ways = EnumSet.noneOf(PlainWay.class);
        given.getOrDefault("--ways", List.of()).forEach(way -> ways.add(way(way)));
        int swaps = number(given, "--swaps", modules.isEmpty() ? plan.swaps() : plan.others(), MOST_SWAPS);
        return new Plan(
                plan.warmUpS(),
                swaps,
                plan.others(),
                modules.isEmpty() ? plan.plain() : swaps,
                plan.settleMs(),
                plan.watchMs(),
                modules,
                ways,
                number(given, "--rate", 0, MOST_RATE));
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

    private static Map<String, List<String>> parse(List<String> options) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        String last = "";
        for (String word : options) {
            if (OPTIONS.containsKey(word)) {
                given.put(word, new ArrayList<>());
                last = word;
            } else if (!word.startsWith("--") && given.containsKey(last)) {
                given.get(last).add(word);
            } else {
                throw new IllegalArgumentException(
                        word + " is none of the options " + String.join(" ", OPTIONS.keySet()));
            }
        }
        given.forEach((option, values) -> {
            int most = OPTIONS.get(option);
            if (values.size() > most || (values.isEmpty() && most > 0)) {
                throw new IllegalArgumentException(
                        option + " takes " + (most == 0 ? "no value" : most == 1 ? "one value" : "at least one value")
                                + ", not " + values);
            }
        });
        return given;
    }

    private static PlainWay way(String name) {
        for (PlainWay way : PlainWay.values()) {
            if (way.name().toLowerCase(Locale.ROOT).equals(name)) {
                return way;
            }
        }
        throw new IllegalArgumentException("--ways " + name + " is none of "
                + Arrays.toString(PlainWay.values()).toLowerCase(Locale.ROOT));
    }

    private static int number(Map<String, List<String>> given, String option, int otherwise, int most) {
        if (!given.containsKey(option)) {
            return otherwise;
        }
        String value = given.get(option).get(0);
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException(option + " " + value + " is no number from 1 to " + most);
        }
        return Integer.parseInt(value);
    }
}
