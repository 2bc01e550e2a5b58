package org.hmsach.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.hmsach.trust.Digest;
import org.hmsach.trust.ShippedList;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws Exception {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        ShippedList.write(Files.createDirectories(folder.resolve("home/repo")));
        System.setProperty("hms.home", folder.resolve("home").toString());
    }

    @AfterEach
    void restore() {
        System.clearProperty("hms.home");
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private void trust(int exit, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "trust";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data";
        all[arguments.length + 2] = folder.resolve("data").toString();
        said.reset();
        assertEquals(exit, Main.run(all), said());
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path bundle() throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-SymbolicName", "com.acme.check");
        main.putValue("Import-Package", "org.hmsach.spi.gov");
        Path jar = folder.resolve("check.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("content"));
        }
        return jar;
    }

    @Test
    void trustsChecksRevokesAndForgetsASigner() throws Exception {
        ThrowawayKey key = ThrowawayKey.make("Acme");
        Path certificate =
                Files.write(folder.resolve("acme.der"), key.certificate().getEncoded());
        Path jar = folder.resolve("signed.jar");
        key.sign(bundle(), jar);
        trust(0, "list");
        assertTrue(said().contains("nobody is trusted"), said());
        trust(1, "check", folder.resolve("check.jar").toString());
        assertTrue(said().contains("it is not signed") && said().contains("hms trust add"), said());
        trust(0, "add", certificate.toString(), "--name", "acme", "--spi", "mkt");
        trust(1, "check", jar.toString());
        assertTrue(said().contains("may not use the SPI org.hmsach.spi.gov"), said());
        trust(0, "add", certificate.toString(), "--name", "acme", "--spi", "mkt,gov", "--bundles", "com.acme.*");
        trust(0, "check", jar.toString());
        assertTrue(said().contains("signer acme") && said().contains(Digest.of(jar)), said());
        trust(0, "list", "--json");
        assertTrue(said().contains("\"spi\":\"gov mkt\",\"bundles\":\"com.acme.*\""), said());
        trust(0, "revoke", SignerStore.fingerprint(key.certificate()), "--why", "stolen");
        trust(1, "check", jar.toString(), "--json");
        assertTrue(said().contains("\"trusted\":false") && said().contains("revoked"), said());
        trust(0, "remove", "acme");
        trust(1, "remove", "acme");
    }

    @Test
    void tellsWrongUseAndBrokenFilesByName() throws Exception {
        Path text = Files.writeString(folder.resolve("acme.pem"), "not a certificate");
        trust(1, "add", text.toString(), "--name", "acme");
        assertTrue(said().contains("acme.pem is no X.509 certificate"), said());
        trust(2, "add", text.toString(), "--name", "Acme Inc");
        trust(2, "add", text.toString(), "--name", "acme", "--spi", "web");
        assertTrue(said().contains("[web]"), said());
        trust(2, "revoke", "abc", "--why", "x");
        trust(1, "check", folder.resolve("none.jar").toString());
        trust(2, "add");
        for (String command : new String[] {"add", "list", "check", "revoke", "remove"}) {
            assertEquals(0, Main.run("trust", command, "--help"));
            assertTrue(said().contains("Usage: hms trust " + command), said());
        }
    }
}
