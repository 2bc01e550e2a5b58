package org.hmsach.core.internal.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;

/**
 * The state of each module from what is known about its bundles. A module that was active and is not counts as
 * parked for
 * {@code parkMs}, because it is probably being replaced; after that it failed, or it is absent when its bundle is gone.
 */
final class ModuleTable {
    private static final Map<String, String> FAMILY_OF_KNOWN = new TreeMap<>(Map.of(
            "gov.checks", "gov",
            "mkt.data", "mkt",
            "mkt.venue", "mkt",
            "mfe.exec", "mfe",
            "mfe.books", "mfe",
            "mfe.ach", "mfe"));

    /** Each order reads, and readers do not wait for each other: both maps are replaced, never changed. */
    private volatile Map<Long, Row> rows = Map.of();

    private volatile Map<String, Long> activeUntilMs = Map.of();
    private final long parkMs;
    private final LongSupplier clockMs;
    private final LongPredicate serves;

    /** @param serves whether callers may use the bundle of that id */
    ModuleTable(long parkMs, LongSupplier clockMs, LongPredicate serves) {
        this.serves = serves;
        this.parkMs = parkMs;
        this.clockMs = clockMs;
    }

    /** How a bundle is. */
    enum BundleKind {
        STARTING,
        ACTIVE,
        STOPPED
    }

    /** What is known about one module in one bundle. */
    record Row(
            long bundleId,
            BundleModules.Declared declared,
            String symbolicName,
            String version,
            BundleKind kind,
            String digest,
            long sinceMs,
            String lastError) {}

    synchronized void put(Row row) {
        Row before = rows.get(row.bundleId());
        if (before != null
                && before.kind() == BundleKind.ACTIVE
                && row.kind() != BundleKind.ACTIVE
                && serves.test(row.bundleId())) {
            activeUntil(row.declared().module(), row.sinceMs());
        }
        show(row);
    }

    private void activeUntil(String module, long ms) {
        Map<String, Long> next = new HashMap<>(activeUntilMs);
        next.put(module, ms);
        activeUntilMs = Map.copyOf(next);
    }

    private void show(Row row) {
        Map<Long, Row> next = new HashMap<>(rows);
        next.put(row.bundleId(), row);
        rows = Map.copyOf(next);
    }

    synchronized void error(long bundleId, String error) {
        Row row = rows.get(bundleId);
        if (row != null) {
            show(new Row(
                    bundleId,
                    row.declared(),
                    row.symbolicName(),
                    row.version(),
                    row.kind(),
                    row.digest(),
                    row.sinceMs(),
                    error));
        }
    }

    synchronized void remove(long bundleId) {
        Row gone = rows.get(bundleId);
        if (gone != null && gone.kind() == BundleKind.ACTIVE && serves.test(bundleId)) {
            activeUntil(gone.declared().module(), clockMs.getAsLong());
        }
        Map<Long, Row> next = new HashMap<>(rows);
        next.remove(bundleId);
        rows = Map.copyOf(next);
    }

    List<ModuleStatus> all() {
        Map<String, String> families = new TreeMap<>(FAMILY_OF_KNOWN);
        rows.values()
                .forEach(row ->
                        families.put(row.declared().module(), row.declared().family()));
        List<ModuleStatus> all = new ArrayList<>();
        families.forEach((module, family) -> all.add(status(module, family)));
        all.sort(Comparator.comparing(ModuleStatus::family).thenComparing(ModuleStatus::module));
        return all;
    }

    Optional<ModuleStatus> one(String module) {
        String family = rows.values().stream()
                .filter(row -> row.declared().module().equals(module))
                .min(Comparator.comparingLong(Row::bundleId))
                .map(row -> row.declared().family())
                .orElse(FAMILY_OF_KNOWN.get(module));
        return Optional.ofNullable(family).map(known -> status(module, known));
    }

    private ModuleStatus status(String module, String family) {
        // what serves speaks for the module; of that an active bundle, then a starting one, then the newest
        Optional<Row> best = rows.values().stream()
                .filter(row -> row.declared().module().equals(module))
                .min(Comparator.comparingInt(this::rank)
                        .thenComparing(Comparator.comparingLong(Row::bundleId).reversed()));
        if (best.isEmpty()) {
            ModuleState state = isParked(module) ? ModuleState.PARKED : ModuleState.ABSENT;
            return new ModuleStatus(family, module, "", "", state, activeUntilMs.getOrDefault(module, 0L), "", "");
        }
        Row row = best.get();
        return new ModuleStatus(
                family,
                module,
                row.symbolicName(),
                row.version(),
                state(row),
                row.sinceMs(),
                row.digest(),
                row.lastError());
    }

    private ModuleState state(Row row) {
        boolean parked = isParked(row.declared().module());
        // one that never ran is on its way, for as long as anybody would wait for it; then it was not let run
        boolean isNew = row.lastError().isEmpty()
                && !activeUntilMs.containsKey(row.declared().module())
                && clockMs.getAsLong() - row.sinceMs() <= parkMs;
        return switch (row.kind()) {
            case ACTIVE -> serves.test(row.bundleId()) ? ModuleState.ACTIVE : ModuleState.SHADOW;
            case STARTING -> parked ? ModuleState.PARKED : ModuleState.STARTING;
            case STOPPED -> parked ? ModuleState.PARKED : isNew ? ModuleState.STARTING : ModuleState.FAILED;
        };
    }

    private boolean isParked(String module) {
        Long activeUntil = activeUntilMs.get(module);
        return activeUntil != null && clockMs.getAsLong() - activeUntil <= parkMs;
    }

    private int rank(Row row) {
        int aside = serves.test(row.bundleId()) ? 0 : BundleKind.values().length;
        return aside
                + switch (row.kind()) {
                    case ACTIVE -> 0;
                    case STARTING -> 1;
                    case STOPPED -> 2;
                };
    }
}
