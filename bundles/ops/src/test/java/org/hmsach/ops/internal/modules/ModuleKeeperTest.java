package org.hmsach.ops.internal.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
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
import org.osgi.framework.BundleException;

class ModuleKeeperTest {
    private static final String NAME = "org.hmsach.gov.checks";
    private static final String VENDORS = "vendor.x";
    private static final Map<String, String> MODULE =
            Map.of("Provide-Capability", "org.hmsach.module;family=vendor;module=x");

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
        DesiredFile.at(data)
                .put(new DesiredEntry(NAME, "1.0.0", staged.digest(), 60, Origin.FEATURE, staged.digest(), ""));
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

    /** A request of the module list may still be under way when this version of ops goes. */
    @Test
    void answersWhoComesLate() throws Exception {
        bundle(NAME).update(new ByteArrayInputStream(TestJar.bundle(NAME, "by hand", Map.of())));
        keeper.close();
        assertEquals(Origin.OPERATOR, keeper.desired().get(NAME).origin());
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
    void remembersTheVersionBeforeAndWhatWasRemoved() throws Exception {
        String shipped = keeper.desired().get(NAME).digest();
        bundle(NAME).update(new ByteArrayInputStream(TestJar.bundle(NAME, "by hand", Map.of())));
        assertEquals(shipped, keeper.desired().get(NAME).before());
        Bundle vendors = vendors("vendor's", MODULE);
        vendors.start();
        String digest = keeper.desired().get(VENDORS).digest();
        keeper.requireRemovable(VENDORS);
        keeper.forget(VENDORS);
        vendors.uninstall();
        DesiredEntry removed = keeper.desired().get(VENDORS);
        assertEquals(Origin.REMOVED, removed.origin());
        assertEquals(digest, removed.digest(), "for the way back");
    }

    @Test
    void refusesToRemoveWhatIsNoModuleOrIsNotThere() throws Exception {
        vendors("library", Map.of()).start();
        assertThrows(Refused.class, () -> keeper.requireRemovable(VENDORS));
        assertThrows(Refused.class, () -> keeper.requireRemovable("vendor.z"));
        assertThrows(Refused.class, () -> keeper.requireRemovable("org.hmsach.identity"));
    }

    @Test
    void wantsWhatWasInstalledOnceItHasRun() throws Exception {
        Bundle vendors = vendors("vendor's", MODULE);
        assertFalse(keeper.desired().containsKey(VENDORS), "it never ran");
        vendors.start();
        assertEquals("", keeper.desired().get(VENDORS).shipped());
        vendors.uninstall();
        assertFalse(keeper.desired().containsKey(VENDORS), "it would come back");
    }

    @Test
    void doesNotWantAnUpdateThatNeverRan() throws Exception {
        String shipped = keeper.desired().get(NAME).digest();
        byte[] broken = TestJar.bundle(NAME, "broken", Map.of("Import-Package", "not.there"));
        InputStream jar = new ByteArrayInputStream(broken);
        assertThrows(BundleException.class, () -> bundle(NAME).update(jar), "it does not start again");
        assertEquals(shipped, keeper.desired().get(NAME).digest());
        bundle(NAME).update(new ByteArrayInputStream(TestJar.bundle(NAME, "sound", Map.of())));
        bundle(NAME).start();
        assertFalse(shipped.equals(keeper.desired().get(NAME).digest()));
    }

    @Test
    void wantsAFragmentOnceItHasFoundItsHost() throws Exception {
        vendors("lonely", Map.of("Fragment-Host", "vendor.host"));
        assertFalse(keeper.desired().containsKey(VENDORS));
        felix.context()
                .installBundle("host", new ByteArrayInputStream(TestJar.bundle("vendor.host", "host", Map.of())))
                .start();
        assertTrue(keeper.desired().containsKey(VENDORS));
    }

    @Test
    void keepsWhatShipsThoughItWasUninstalled() throws Exception {
        bundle(NAME).uninstall();
        assertEquals(Origin.FEATURE, keeper.desired().get(NAME).origin());
    }

    @Test
    void keepsTheOneThatStaysOfTwoVersions() throws Exception {
        vendors("vendor's", MODULE).start();
        byte[] next = TestJar.bundle(VENDORS, "next", Map.of("Bundle-Version", "1.1.0"));
        felix.context()
                .installBundle(ModuleSwitch.BESIDE + VENDORS, new ByteArrayInputStream(next))
                .start();
        bundle(VENDORS).uninstall();
        assertTrue(keeper.desired().containsKey(VENDORS), "a swap writes for itself");
    }

    @Test
    void asksWhereABundleLiesWhateverItsLocationIs() throws Exception {
        Bundle opaque = felix.context()
                .installBundle("file:vendor.jar", new ByteArrayInputStream(TestJar.bundle(VENDORS, "x", MODULE)));
        opaque.start();
        assertFalse(keeper.isLoaded(VENDORS));
        assertTrue(keeper.desired().containsKey(VENDORS));
    }

    private Bundle vendors(String content, Map<String, String> headers) throws Exception {
        return felix.context()
                .installBundle("vendor", new ByteArrayInputStream(TestJar.bundle(VENDORS, content, headers)));
    }
}
