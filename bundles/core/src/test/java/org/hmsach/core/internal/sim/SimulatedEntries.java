package org.hmsach.core.internal.sim;

import java.util.List;

/** The entries of a simulated log, for tests that want a busy one. */
public final class SimulatedEntries {
    /** An entry as it stands in the log. */
    public record SimulatedEntry(long timeMs, byte[] bytes) {}

    private SimulatedEntries() {}

    /** All entries of a run of the seed. */
    public static List<SimulatedEntry> of(long seed, int steps) {
        return new Simulation(seed, steps, Setting.product())
                .run().world.history.stream()
                        .map(line -> new SimulatedEntry(line.timeMs(), line.bytes()))
                        .toList();
    }
}
