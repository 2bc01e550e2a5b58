package org.hmsach.core.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;
import org.junit.jupiter.api.Test;

class ModuleTableTest {
    private final AtomicLong clockMs = new AtomicLong(1_000);
    private final Set<Long> aside = new TreeSet<>();
    private final ModuleTable table = new ModuleTable(500, clockMs::get, id -> !aside.contains(id));

    @Test
    void listsKnownModulesAsAbsent() {
        List<String> names = table.all().stream().map(ModuleStatus::module).toList();
        assertEquals(List.of("gov.checks", "mfe.ach", "mfe.books", "mfe.exec", "mkt.data", "mkt.venue"), names);
        assertEquals(ModuleState.ABSENT, state("mfe.exec"));
        assertEquals(Optional.empty(), table.one("vendor.unknown"));
    }

    @Test
    void parksAModuleThatStopsAndFailsItLater() {
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.ACTIVE);
        assertEquals(ModuleState.ACTIVE, state("gov.checks"));
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.STOPPED);
        assertEquals(ModuleState.PARKED, state("gov.checks"));
        clockMs.addAndGet(501);
        assertEquals(ModuleState.FAILED, state("gov.checks"));
    }

    @Test
    void parksAModuleWhoseBundleIsGoneUntilItIsAbsent() {
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.ACTIVE);
        table.remove(7);
        assertEquals(ModuleState.PARKED, state("gov.checks"));
        clockMs.addAndGet(501);
        assertEquals(ModuleState.ABSENT, state("gov.checks"));
    }

    @Test
    void showsTheActiveOneOfTwoVersions() {
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.ACTIVE);
        put(9, "gov.checks", "1.1.0", ModuleTable.BundleKind.STARTING);
        assertEquals("1.0.0", table.one("gov.checks").orElseThrow().version());
        put(9, "gov.checks", "1.1.0", ModuleTable.BundleKind.ACTIVE);
        table.remove(7);
        assertEquals("1.1.0", table.one("gov.checks").orElseThrow().version());
        assertEquals(ModuleState.ACTIVE, state("gov.checks"));
    }

    @Test
    void letsTheVersionThatServesSpeakForTheModule() {
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.ACTIVE);
        aside.add(9L);
        put(9, "gov.checks", "1.1.0", ModuleTable.BundleKind.ACTIVE);
        assertEquals("1.0.0", table.one("gov.checks").orElseThrow().version());
        aside.remove(9L);
        aside.add(7L);
        assertEquals("1.1.0", table.one("gov.checks").orElseThrow().version());
        put(7, "gov.checks", "1.0.0", ModuleTable.BundleKind.STOPPED);
        table.remove(7);
        table.remove(9);
        aside.clear();
        assertEquals(ModuleState.PARKED, state("gov.checks"));
    }

    @Test
    void showsWhatRunsBesideNothingAsShadow() {
        aside.add(9L);
        put(9, "acme.check", "1.1.0", ModuleTable.BundleKind.ACTIVE);
        assertEquals(ModuleState.SHADOW, state("acme.check"));
    }

    @Test
    void countsWhatNeverRanAsStartingUntilItHasAnError() {
        put(7, "acme.check", "1.0.0", ModuleTable.BundleKind.STOPPED);
        assertEquals(ModuleState.STARTING, state("acme.check"));
        table.error(7, "BundleException: unresolved");
        assertEquals(ModuleState.FAILED, state("acme.check"));
        assertEquals(
                "BundleException: unresolved",
                table.one("acme.check").orElseThrow().lastError());
    }

    private ModuleState state(String module) {
        return table.one(module).orElseThrow().state();
    }

    private void put(long bundle, String module, String version, ModuleTable.BundleKind kind) {
        BundleModules.Declared declared = new BundleModules.Declared("gov", module);
        table.put(new ModuleTable.Row(bundle, declared, "org.hmsach." + module, version, kind, "", clockMs.get(), ""));
    }
}
