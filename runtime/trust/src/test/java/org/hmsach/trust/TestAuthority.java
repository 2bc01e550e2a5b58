package org.hmsach.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A certificate authority, with the JDK's keytool and jarsigner as vendors use them. */
final class TestAuthority {
    private static final String PASSWORD = "not-a-secret";

    private final Path folder;
    private final Path store;

    TestAuthority(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.store = folder.resolve("authority.p12");
        pair("ca", "CN=Authority", "-ext", "bc:c");
    }

    /** A key whose certificate the authority issued. @param usage of {@code -ext eku=} */
    void issue(String alias, String usage) throws IOException, InterruptedException {
        pair(alias, "CN=" + alias);
        Path request = folder.resolve(alias + ".csr");
        Path certificate = folder.resolve(alias + ".pem");
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        String outfile = certificate.toString();
        keytool("-gencert", "-alias", "ca", "-infile", request.toString(), "-outfile", outfile, "-ext", "eku=" + usage);
        keytool("-importcert", "-alias", alias, "-file", certificate.toString(), "-noprompt");
    }

    X509Certificate certificate(String alias) throws IOException {
        try {
            return (X509Certificate)
                    KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Signs as a vendor does. */
    Path sign(String alias, Path jar) throws IOException, InterruptedException {
        Path signed = jar.resolveSibling(alias + "-" + jar.getFileName());
        run(
                "jarsigner",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-signedjar",
                signed.toString(),
                jar.toString(),
                alias);
        return signed;
    }

    /** A revocation list that names the certificate. */
    void revoke(String alias, Path crl) throws IOException, InterruptedException {
        String serial = certificate(alias).getSerialNumber().toString();
        keytool("-gencrl", "-alias", "ca", "-id", serial, "-file", crl.toString());
    }

    private void pair(String alias, String name, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC", "-groupname", "secp256r1"));
        arguments.addAll(Arrays.asList(more));
        keytool(arguments.toArray(new String[0]));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        run("keytool", all.toArray(new String[0]));
    }

    private static void run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }
}
