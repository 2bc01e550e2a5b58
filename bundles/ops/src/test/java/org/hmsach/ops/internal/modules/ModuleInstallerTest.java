package org.hmsach.ops.internal.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class ModuleInstallerTest {
    private static final String NAME = "org.hmsach.gov.checks";

    @TempDir
    Path data;

    private Framework framework;
    private ModuleInstaller installer;

    @BeforeEach
    void startFelix() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        data.resolve("felix").toString(),
                        Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                        "100"));
        framework.start();
        byte[] shipped = TestJar.bundle(NAME, "shipped", Map.of());
        Path jar = Files.write(data.resolve("shipped.jar"), shipped);
        StagedJar staged = StagedJar.read(jar);
        new DesiredFile(data)
                .put(new DesiredEntry(NAME, "1.0.0", staged.digest(), 60, Origin.FEATURE, staged.digest()));
        framework
                .getBundleContext()
                .installBundle("hms:" + NAME, new ByteArrayInputStream(shipped))
                .start();
        installer = new ModuleInstaller(framework.getBundleContext(), data);
    }

    @AfterEach
    void stopFelix() throws Exception {
        installer.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle bundle(String name) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(one -> name.equals(one.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private String content(String name) throws Exception {
        assertEquals(Bundle.ACTIVE, bundle(name).getState());
        try (InputStream in = bundle(name).getEntry("content.txt").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private StagedJar install(byte[] jar) throws ModuleInstaller.Refused {
        return installer.install(new ByteArrayInputStream(jar));
    }

    @Test
    void updatesByNameAndKeepsTheJarForTheNextStart() throws Exception {
        StagedJar jar = install(TestJar.bundle(NAME, "newer", Map.of()));
        assertEquals("newer", content(NAME));
        DesiredEntry entry = installer.desired().get(NAME);
        assertEquals(Origin.OPERATOR, entry.origin());
        assertEquals(jar.digest(), entry.digest());
        assertTrue(Files.exists(data.resolve("bundles").resolve(jar.digest() + ".jar")));
    }

    @Test
    void countsTheShippedJarAsNoOverride() throws Exception {
        install(TestJar.bundle(NAME, "newer", Map.of()));
        install(Files.readAllBytes(data.resolve("shipped.jar")));
        assertEquals(Origin.FEATURE, installer.desired().get(NAME).origin());
    }

    @Test
    void bringsTheOldOneBackWhenTheNewOneDoesNotStart() throws Exception {
        byte[] broken = TestJar.bundle(NAME, "broken", Map.of("Import-Package", "not.there"));
        ModuleInstaller.Refused e = assertThrows(ModuleInstaller.Refused.class, () -> install(broken));
        assertTrue(e.getMessage().contains("not.there"), e.getMessage());
        assertEquals("shipped", content(NAME));
        assertEquals(Origin.FEATURE, installer.desired().get(NAME).origin());
    }

    @Test
    void keepsAnUpdateMadeInTheFrameworksConsole() throws Exception {
        bundle(NAME).update(new ByteArrayInputStream(TestJar.bundle(NAME, "by hand", Map.of())));
        DesiredEntry entry = installer.desired().get(NAME);
        assertEquals(Origin.OPERATOR, entry.origin());
        assertTrue(Files.exists(data.resolve("bundles").resolve(entry.digest() + ".jar")));
    }

    @Test
    void installsAndRemovesAVendorsModule() throws Exception {
        Map<String, String> module = Map.of("Provide-Capability", "org.hmsach.module;family=vendor;module=x");
        install(TestJar.bundle("vendor.x", "vendor's", module));
        assertEquals("vendor's", content("vendor.x"));
        assertEquals("", installer.desired().get("vendor.x").shipped());
        assertTrue(installer.remove("vendor.x"));
        assertFalse(installer.desired().containsKey("vendor.x"));
        assertFalse(installer.remove("vendor.x"));
    }

    @Test
    void remembersThatAShippedModuleWasRemoved() throws Exception {
        assertTrue(installer.remove(NAME));
        assertEquals(Origin.REMOVED, installer.desired().get(NAME).origin());
    }

    @Test
    void leavesTheLoadFolderToFileInstall() throws Exception {
        Path dropped = data.resolve("load/vendor.jar");
        Files.createDirectories(dropped.getParent());
        Files.write(dropped, TestJar.bundle("vendor.y", "dropped", Map.of()));
        framework.getBundleContext().installBundle(dropped.toUri().toString()).start();
        assertFalse(installer.desired().containsKey("vendor.y"));
    }

    @Test
    void refusesWhatIsNoBundleAndWhatNeedsARestart() throws Exception {
        byte[] plain = TestJar.plain("x");
        byte[] noise = "no jar at all".getBytes(StandardCharsets.UTF_8);
        byte[] core = TestJar.bundle("org.hmsach.core", "x", Map.of());
        assertThrows(ModuleInstaller.Refused.class, () -> install(plain));
        assertThrows(ModuleInstaller.Refused.class, () -> install(noise));
        assertThrows(ModuleInstaller.Refused.class, () -> install(core));
        assertThrows(ModuleInstaller.Refused.class, () -> installer.remove("org.hmsach.identity"));
        try (var left = Files.list(data.resolve("tmp"))) {
            assertEquals(0, left.count());
        }
    }
}
