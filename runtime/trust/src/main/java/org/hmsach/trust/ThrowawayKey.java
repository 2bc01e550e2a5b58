package org.hmsach.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A key made now, in memory, to sign jars with: for demonstrations and tests, where nobody's real key is at hand. */
public final class ThrowawayKey {
    private static final String ALIAS = "key";

    private final PrivateKey key;
    private final X509Certificate certificate;

    private ThrowawayKey(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Makes one that is valid from now on for ten days. Needs the JDK's {@code keytool}. */
    public static ThrowawayKey make(String name) throws IOException, InterruptedException {
        return make(name, "-1d", 11);
    }

    /** The same with dates. @param start as of {@code keytool -startdate} */
    static ThrowawayKey make(String name, String start, int days) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hms-key");
        Path file = folder.resolve("key.p12");
        String password = UUID.randomUUID().toString();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no key: " + said);
            }
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            return new ThrowawayKey((PrivateKey) store.getKey(ALIAS, password.toCharArray()), (X509Certificate)
                    store.getCertificate(ALIAS));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key cannot be read: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Its certificate, signed by itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Signs a jar. @param signed the file to write; not the jar itself */
    public void sign(Path jar, Path signed) throws IOException {
        sign(jar, signed, List.of(certificate));
    }

    private void sign(Path jar, Path signed, List<? extends Certificate> chain) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            new JarSigner.Builder(key, path).signerName("HMS").build().sign(in, out);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot sign " + jar + ": " + e.getMessage(), e);
        }
    }
}
