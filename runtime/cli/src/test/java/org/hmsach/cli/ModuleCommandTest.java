package org.hmsach.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.hmsach.trust.Digest;
import org.hmsach.trust.ShippedList;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleCommandTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private ThrowawayKey key;
    private Path data;

    @TempDir
    Path folder;

    @BeforeEach
    void listenAndTrustAcme() throws Exception {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        Path home = folder.resolve("home");
        ShippedList.write(Files.createDirectories(home.resolve("repo")));
        Files.createDirectories(home.resolve("features"));
        Files.writeString(home.resolve("features/core.json"), "{\"id\":\"a:core:1\",\"description\":\"the core\"}");
        System.setProperty("hms.home", home.toString());
        data = folder.resolve("data");
        key = ThrowawayKey.make("Acme");
        new SignerStore(data.resolve("conf/trust"))
                .add(new Signer("acme", Set.of(), Set.of("com.acme.*")), key.certificate());
    }

    @AfterEach
    void restore() {
        System.clearProperty("hms.home");
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private String hms(int exit, String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = data.toString();
        said.reset();
        int code = Main.run(all);
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(exit, code, text);
        return text;
    }

    private static void assertSays(String words, String said) {
        assertTrue(said.contains(words), said);
    }

    private Path plain(String version) throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "com.acme.check");
        main.putValue("Bundle-Version", version);
        Path jar = folder.resolve("plain-" + version + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("content"));
        }
        return jar;
    }

    private Path signed(String version) throws Exception {
        Path jar = folder.resolve("signed-" + version + ".jar");
        key.sign(plain(version), jar);
        return jar;
    }

    @Test
    void addsListsAndRemovesVersions() throws Exception {
        assertSays(
                "com.acme.check 1.0.0 is refused: it is not signed. What to do: have it signed by a trusted signer, or"
                        + " trust its signer: hms trust add",
                hms(1, "module", "add", plain("1.0.0").toString()));
        Path first = signed("1.0.0");
        assertSays("com.acme.check/1.0.0 is in the repository", hms(0, "module", "add", first.toString()));
        hms(0, "module", "add", signed("1.1.0").toString());
        String list = hms(0, "module", "list");
        assertTrue(list.indexOf("1.0.0") < list.indexOf("1.1.0"), list);
        assertSays("signer acme", list);
        assertSays("\"digest\":\"" + Digest.of(first) + "\",\"in\":\"repository\"", hms(0, "module", "list", "--json"));
        assertSays("com.acme.check/1.1.0 is gone", hms(0, "module", "remove", "com.acme.check/1.1.0"));
        assertSays("the repository has no", hms(1, "module", "remove", "com.acme.check/1.1.0"));
        assertSays("SYMBOLIC-NAME/VERSION", hms(1, "module", "remove", "com.acme.check"));
    }

    @Test
    void keepsWhatIsDesiredOrNamed() throws Exception {
        Path jar = signed("1.0.0");
        hms(0, "module", "add", jar.toString());
        Files.writeString(
                data.resolve("desired.json"),
                "{\"bundles\":[{\"name\":\"com.acme.check\",\"version\":\"1.0.0\",\"digest\":\"" + Digest.of(jar)
                        + "\",\"startLevel\":60,\"origin\":\"OPERATOR\",\"shipped\":\"\"}]}");
        assertSays("desired", hms(0, "module", "list"));
        assertSays("stays: it is desired", hms(1, "module", "remove", "com.acme.check/1.0.0"));
        Files.delete(data.resolve("desired.json"));
        Files.createDirectories(data.resolve("features"));
        Files.writeString(
                data.resolve("features/own.json"),
                "{\"id\":\"a:b:1\",\"bundles\":[{\"id\":\"x:com.acme.check:1.0.0\",\"bundleStartLevel\":60}]}");
        assertSays("stays: the features [own] name it", hms(1, "module", "remove", "com.acme.check/1.0.0"));
        assertSays("com.acme.check 1.0.0, from the repository", hms(0, "features"));
        assertSays("\"from\":\"repository\"", hms(0, "features", "--json"));
        assertSays("they fit", hms(0, "features", "--fit", "core,own"));
    }

    @Test
    void showsBrokenFeaturesAndFailsForOneThatIsOn() throws Exception {
        Files.createDirectories(data.resolve("features"));
        Files.writeString(data.resolve("features/own.json"), "{\"id\":\"a:b:1\",\"bundles\":7}");
        assertSays("own.json: bundles is 7, must be an array", hms(0, "features"));
        Files.writeString(data.resolve("features.list"), "core\nown\n");
        assertSays("cannot be used", hms(1, "features"));
        assertSays("unknown feature \"nobody\"", hms(1, "features", "--fit", "nobody"));
    }

    @Test
    void takesMavenIdsFromTheLocalRepositoryAndNothingFromTheNetwork() throws Exception {
        Path jar = folder.resolve("m2/com/acme/check/1.0/check-1.0.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(signed("1.0.0"), jar);
        String m2 = folder.resolve("m2").toString();
        hms(0, "module", "add", "com.acme:check:1.0", "--maven-repo", m2);
        assertSays("com.acme.check", hms(0, "module", "list"));
        assertSays(
                "com.acme:check:2.0 is not in the local Maven repository",
                hms(1, "module", "add", "com.acme:check:2.0", "--maven-repo", m2));
        assertSays(
                "no address to fetch from",
                hms(1, "module", "add", "com.acme:check:2.0", "--maven-repo", m2, "--online"));
        assertSays("nor is it group:artifact:version", hms(1, "module", "add", "none.jar"));
    }
}
