package org.hmsach.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hmsach.conformance.bad.FickleCheck;
import org.hmsach.conformance.bad.HangingStop;
import org.hmsach.conformance.bad.LoaderLeak;
import org.hmsach.conformance.bad.NoStart;
import org.hmsach.conformance.bad.Offering;
import org.hmsach.conformance.bad.SlowCheck;
import org.hmsach.conformance.bad.ThreadLeak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
    private static final String MODULE = "org.hmsach.module;family=vendor;module=bad";
    private static final String GOOD =
            "org.osgi.framework;version=\"[1.8,2)\",org.hmsach.api.rule;version=\"[0.1,0.2)\","
                    + "org.hmsach.spi.gov;version=\"[0.1,0.2)\"";

    @TempDir
    private Path folder;

    @Test
    void passesASoundBundle() throws Exception {
        List<Line> lines = Conformance.run(jar(Offering.class, GOOD, true));
        assertTrue(lines.stream().allMatch(Line::passed), lines::toString);
        assertEquals(
                List.of(
                        "identity",
                        "imports and versions",
                        "exports",
                        "start",
                        "deadlines of OrderCheck",
                        "ordering of OrderCheck",
                        "drain under load",
                        "starts and stops",
                        "class loaders",
                        "threads"),
                lines.stream().map(Line::check).toList());
    }

    @Test
    void namesAnImportWithoutABoundAndAMissingModule() throws Exception {
        List<Line> lines = Conformance.run(jar(
                Offering.class, "org.osgi.framework,org.hmsach.api.rule,org.hmsach.spi.gov;version=\"0.1\"", false));
        failsOnly(lines, List.of("identity", "imports and versions"), "without an upper bound");
    }

    @Test
    void namesAContractThatIsNotThere() throws Exception {
        List<Line> lines = Conformance.run(
                jar(Offering.class, GOOD.replace("spi.gov;version=\"[0.1,0.2)\"", "spi.gov;version=\"[3,4)\""), true));
        assertTrue(line(lines, "imports and versions").detail().contains("published is 0.1.0"), lines::toString);
        assertEquals(false, line(lines, "start").passed());
    }

    @Test
    void namesACheckThatIsTooSlow() throws Exception {
        failsOnly(
                Conformance.run(jar(SlowCheck.class, GOOD, true)), List.of("deadlines of OrderCheck"), "within 250 ms");
    }

    @Test
    void namesACheckThatChangesItsMind() throws Exception {
        failsOnly(
                Conformance.run(jar(FickleCheck.class, GOOD, true)),
                List.of("ordering of OrderCheck"),
                "the same order got");
    }

    @Test
    void namesAThreadThatIsLeftBehind() throws Exception {
        failsOnly(
                Conformance.run(jar(ThreadLeak.class, GOOD, true)),
                List.of("class loaders", "threads"),
                "'bad-poller'");
    }

    @Test
    void namesAClassLoaderThatIsKept() throws Exception {
        failsOnly(
                Conformance.run(jar(LoaderLeak.class, GOOD, true)),
                List.of("class loaders"),
                "class loaders are alive");
    }

    @Test
    void namesAStopThatHangs() throws Exception {
        List<Line> lines = Conformance.run(jar(HangingStop.class, GOOD, true));
        assertTrue(line(lines, "drain under load").detail().contains("stop under load took more"), lines::toString);
    }

    @Test
    void looksAtWhatIsDeclaredOfItsState() throws Exception {
        Path first = jar(Offering.class, GOOD, MODULE + ",org.hmsach.state;form:Long=1");
        assertTrue(line(Conformance.run(first), "state").passed());
        Path second = jar(Offering.class, GOOD, MODULE + ",org.hmsach.state;form:Long=2;upgradeFrom:Long=1");
        failsOnly(Conformance.run(second), List.of("state"), "no service StateTransform");
        Path wrong = jar(Offering.class, GOOD, MODULE + ",org.hmsach.state;form:Long=0");
        failsOnly(Conformance.run(wrong), List.of("state"), "form is 0, it must be 1 to 1000000");
    }

    @Test
    void saysWhyABundleDoesNotStart() throws Exception {
        List<Line> lines = Conformance.run(jar(NoStart.class, GOOD, true));
        failsOnly(lines, List.of("start"), "BundleException");
    }

    private static void failsOnly(List<Line> lines, List<String> checks, String word) {
        List<Line> failed = lines.stream().filter(line -> !line.passed()).toList();
        assertEquals(checks, failed.stream().map(Line::check).toList(), lines::toString);
        assertTrue(failed.stream().anyMatch(line -> line.detail().contains(word)), failed::toString);
    }

    private static Line line(List<Line> lines, String check) {
        return lines.stream()
                .filter(line -> line.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " is not among " + lines));
    }

    private Path jar(Class<?> activator, String imports, boolean isModule) throws IOException {
        return jar(activator, imports, isModule ? MODULE : "");
    }

    private Path jar(Class<?> activator, String imports, String capabilities) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "bad." + activator.getSimpleName());
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Bundle-Activator", activator.getName());
        main.putValue("Import-Package", imports);
        if (!capabilities.isEmpty()) {
            main.putValue("Provide-Capability", capabilities);
        }
        Path jar = folder.resolve(activator.getSimpleName() + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream jarOut = new JarOutputStream(out, manifest)) {
            add(jarOut, Offering.class);
            if (activator != Offering.class) {
                add(jarOut, activator);
            }
        }
        return jar;
    }

    private static void add(JarOutputStream jar, Class<?> one) throws IOException {
        String name = one.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream in = one.getClassLoader().getResourceAsStream(name)) {
            in.transferTo(jar);
        }
        jar.closeEntry();
    }
}
