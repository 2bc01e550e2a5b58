package org.hmsach.core.internal.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thousands of commands a seed through the product's own log service, machine and tape, with faults, each entry held
 * against the twin. {@code -Dsim.seed=N} runs one seed and prints what happened, {@code -Dsim.seeds=N} so many.
 */
class SimulationTest {
    private static final int SEEDS = 1_000;

    @Test
    void everySeedHolds() {
        long one = Long.getLong("sim.seed", 0);
        long first = one > 0 ? one : Long.getLong("sim.from", 1);
        long last = one > 0 ? one : first + Integer.getInteger("sim.seeds", SEEDS) - 1;
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            int steps = Integer.getInteger("sim.steps", Simulation.steps(seed));
            Simulation run = new Simulation(seed, steps, Setting.product()).run();
            run.seen().forEach((what, n) -> seen.merge(what, n, Integer::sum));
            if (one > 0) {
                System.out.println(run.world.story());
            }
        }
        System.out.println((last - first + 1) + " seeds: " + seen);
        if (one == 0) {
            assertEverythingHappened(seen, last - first + 1);
        }
    }

    private static void assertEverythingHappened(Map<String, Integer> seen, long seeds) {
        for (String what : List.of("FILL", "PARTIAL_FILL", "CANCELED", "REPLACED", "EXPIRED", "REJECTED", "RESUMED")) {
            assertTrue(seen.getOrDefault(what, 0) >= seeds, what + " in " + seen);
        }
        for (String what : List.of("TRADE", "FEE", "SETTLEMENT", "BREAK", "TRANSFER", "TRANSFER_RETURN")) {
            assertTrue(seen.getOrDefault(what, 0) >= seeds / 2, what + " in " + seen);
        }
        for (String what : List.of("crash", "snapshot on record", "session lost", "duplicate", "module restarted")) {
            assertTrue(seen.getOrDefault(what, 0) >= seeds, what + " in " + seen);
        }
    }
}
