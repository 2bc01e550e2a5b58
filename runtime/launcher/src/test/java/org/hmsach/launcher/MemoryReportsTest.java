package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hmsach.trust.Digest;
import org.hmsach.trust.SignerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM really runs out of memory, and the next start reads its report. */
@Timeout(120)
class MemoryReportsTest {
    @TempDir
    private Path data;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(data.resolve("log"));
        Files.createDirectories(data.resolve("load"));
    }

    @Test
    void revokesTheVendorsJarWhoseCodeRanOutOfMemory() throws Exception {
        Path jar = jar("com.acme.hungry");
        exhaust(jar);
        List<String> lines = new MemoryReports(data, Set.of()).settle();
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains("org.hmsach.launcher.Hungry of hungry.jar"), lines.get(0));
        assertEquals(
                Set.of(Digest.of(jar)),
                new SignerStore(data.resolve("conf/trust")).read().revoked());
        assertEquals(List.of(), new MemoryReports(data, Set.of()).settle(), "a report is settled once");
    }

    @Test
    void revokesNothingThatIsShippedOrThePlatformsOwn() throws Exception {
        Path jar = jar("com.acme.hungry");
        exhaust(jar);
        List<String> lines = new MemoryReports(data, Set.of(Digest.of(jar))).settle();
        assertTrue(lines.get(0).contains("No vendor's bundle was at work"), lines.get(0));
        Path own = jar("org.hmsach.gov.checks");
        exhaust(own);
        assertTrue(new MemoryReports(data, Set.of()).settle().get(0).contains("No vendor's bundle was at work"));
        assertTrue(new SignerStore(data.resolve("conf/trust")).read().revoked().isEmpty());
    }

    private void exhaust(Path jar) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+CrashOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + data.resolve("log/hs_err_%p.log"),
                        "-cp",
                        jar.toString(),
                        Hungry.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(java.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertNotEquals(0, java.exitValue());
    }

    private Path jar(String symbolicName) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        Path jar = data.resolve("load/hungry.jar");
        String entry = Hungry.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = Hungry.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
        return jar;
    }
}
