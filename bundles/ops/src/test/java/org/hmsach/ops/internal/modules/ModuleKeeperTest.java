package org.hmsach.ops.internal.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.hmsach.ops.internal.swap.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class ModuleKeeperTest {
    private static final String NAME = "org.hmsach.gov.checks";

    @TempDir
    Path data;

    private TestFelix felix;
    private ModuleKeeper keeper;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        byte[] shipped = TestJar.bundle(NAME, "shipped", Map.of());
        Path jar = Files.write(data.resolve("shipped.jar"), shipped);
        StagedJar staged = StagedJar.read(jar);
        DesiredFile.at(data).put(new DesiredEntry(NAME, "1.0.0", staged.digest(), 60, Origin.FEATURE, staged.digest()));
        felix.install(NAME, shipped).start();
        keeper = new ModuleKeeper(felix.context(), data, id -> true);
    }

    @AfterEach
    void stopFelix() throws Exception {
        keeper.close();
        felix.close();
    }

    private Bundle bundle(String name) {
        return felix.named(name).get(0);
    }

    @Test
    void keepsAnUpdateMadeInTheFrameworksConsole() throws Exception {
        bundle(NAME).update(new ByteArrayInputStream(TestJar.bundle(NAME, "by hand", Map.of())));
        DesiredEntry entry = keeper.desired().get(NAME);
        assertEquals(Origin.OPERATOR, entry.origin());
        assertTrue(Files.exists(data.resolve("bundles").resolve(entry.digest() + ".jar")));
    }

    @Test
    void remembersThatAShippedModuleWasRemoved() throws Exception {
        keeper.requireRemovable(NAME);
        keeper.forget(NAME);
        assertEquals(Origin.REMOVED, keeper.desired().get(NAME).origin());
    }

    @Test
    void leavesTheLoadFolderToFileInstall() throws Exception {
        Path dropped = data.resolve("load/vendor.jar");
        Files.createDirectories(dropped.getParent());
        Files.write(dropped, TestJar.bundle("vendor.y", "dropped", Map.of()));
        felix.context().installBundle(dropped.toUri().toString()).start();
        assertFalse(keeper.desired().containsKey("vendor.y"));
    }

    @Test
    void leavesWhatStandsBesideToTheSwap() throws Exception {
        byte[] next = TestJar.bundle(NAME, "newer", Map.of("Bundle-Version", "1.1.0"));
        felix.context().installBundle(ModuleSwitch.BESIDE + NAME + "@1", new ByteArrayInputStream(next));
        assertEquals(Origin.FEATURE, keeper.desired().get(NAME).origin());
    }

    @Test
    void removesAVendorsModuleForGood() throws Exception {
        Map<String, String> module = Map.of("Provide-Capability", "org.hmsach.module;family=vendor;module=x");
        felix.context()
                .installBundle("vendor", new ByteArrayInputStream(TestJar.bundle("vendor.x", "vendor's", module)));
        assertEquals("", keeper.desired().get("vendor.x").shipped());
        keeper.requireRemovable("vendor.x");
        keeper.forget("vendor.x");
        assertFalse(keeper.desired().containsKey("vendor.x"));
        assertThrows(Refused.class, () -> keeper.requireRemovable("vendor.z"));
        assertThrows(Refused.class, () -> keeper.requireRemovable("org.hmsach.identity"));
    }
}
