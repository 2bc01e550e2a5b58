package org.hmsach.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The organisation's trust store, a folder. {@code signers.p12}: certificates by signer's name, made by {@code hms
 * trust add} or {@code keytool -importcert}. {@code signers.properties}: what each may bring. {@code revoked.list}:
 * digests of certificates and jars that may not run any more. {@code *.crl}: lists of the certificates' issuers.
 */
public final class SignerStore {
    /** Like the JDK's own store of certificates: they are public, what protects them are the folder's rights. */
    static final char[] PASSWORD = "changeit".toCharArray();

    private static final String CERTIFICATES = "signers.p12";
    private static final String HALF = ".part";
    private static final String RIGHTS = "signers.properties";
    private static final String REVOKED = "revoked.list";

    private final Path folder;

    /** The store in a folder, which need not exist yet. */
    public SignerStore(Path folder) {
        this.folder = folder;
    }

    /**
     * What the folder says at one moment.
     *
     * @param signers      by name; only those with a certificate
     * @param certificates by signer's name
     * @param revoked      digests of certificates and jars
     * @param crls         revocation lists by file name
     */
    public record Content(
            Map<String, Signer> signers,
            Map<String, X509Certificate> certificates,
            Set<String> revoked,
            Map<String, X509CRL> crls) {
        /** The signer whose certificate it is. */
        Optional<Signer> owner(X509Certificate certificate) {
            return signers.values().stream()
                    .filter(one -> certificates.get(one.name()).equals(certificate))
                    .findFirst();
        }
    }

    /** Changes whenever a file of the folder does; one that is being written is none yet. */
    String stamp() throws IOException {
        List<String> stamps = new ArrayList<>();
        for (Path file : files("")) {
            if (!file.toString().endsWith(HALF)) { // that may be gone before it is looked at
                stamps.add(file.getFileName() + "=" + Files.getLastModifiedTime(file) + "/" + Files.size(file));
            }
        }
        return String.join(",", stamps);
    }

    /** Reads the folder. @throws IOException naming the file that is broken */
    public Content read() throws IOException {
        Map<String, X509Certificate> certificates = certificates();
        Map<String, Signer> signers = new TreeMap<>();
        Properties rights = rights();
        for (String key : rights.stringPropertyNames()) {
            if (!key.matches(Signer.NAME_PATTERN + "\\.(spi|bundles)")) {
                throw new IOException(folder.resolve(RIGHTS) + ": unknown key " + key + ", must be NAME.spi or"
                        + " NAME.bundles, NAME like " + Signer.NAME_PATTERN);
            }
        }
        for (String name : certificates.keySet()) {
            if (rights.containsKey(name + ".bundles")) {
                signers.put(name, signer(name, rights));
            }
        }
        return new Content(signers, certificates, revoked(), crls());
    }

    private Signer signer(String name, Properties rights) throws IOException {
        try {
            return new Signer(name, words(rights, name + ".spi"), words(rights, name + ".bundles"));
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve(RIGHTS) + ": " + e.getMessage(), e);
        }
    }

    /** Adds a signer, or replaces their certificate and rights. */
    public void add(Signer signer, X509Certificate certificate) throws IOException {
        Map<String, X509Certificate> certificates = certificates();
        certificates.put(signer.name(), certificate);
        Properties rights = rights();
        rights.setProperty(signer.name() + ".spi", String.join(" ", new TreeSet<>(signer.spi())));
        rights.setProperty(signer.name() + ".bundles", String.join(" ", new TreeSet<>(signer.bundles())));
        write(certificates, rights);
    }

    /** Takes a signer away. @return false when there is none of that name */
    public boolean remove(String name) throws IOException {
        Map<String, X509Certificate> certificates = certificates();
        Properties rights = rights();
        boolean known = certificates.remove(name) != null;
        rights.remove(name + ".spi");
        known |= rights.remove(name + ".bundles") != null;
        if (known) {
            write(certificates, rights);
        }
        return known;
    }

    /** Revokes a certificate or a jar. @param why one line for those who come later */
    public void revoke(String digest, String why) throws IOException {
        if (!digest.matches(Digest.PATTERN)) {
            throw new IllegalArgumentException("'" + digest + "' is no SHA-256 digest of 64 hexadecimal digits");
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(REVOKED);
        String before = Files.exists(file) ? Files.readString(file) : "";
        replace(file, before + digest + " # " + why.replaceAll("[\\r\\n]+", " ") + "\n");
    }

    /** SHA-256 of a certificate, as {@code keytool -list} shows it but for the colons. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return Digest.of(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has a form", e);
        }
    }

    /** Reads a certificate file, PEM or DER. */
    public static X509Certificate certificate(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no X.509 certificate: " + e.getMessage(), e);
        }
    }

    private Map<String, X509Certificate> certificates() throws IOException {
        Map<String, X509Certificate> all = new TreeMap<>();
        Path file = folder.resolve(CERTIFICATES);
        if (!Files.exists(file)) {
            return all;
        }
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate instanceof X509Certificate x509) {
                    all.put(alias, x509);
                }
            }
            return all;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Properties rights() throws IOException {
        Properties rights = new Properties();
        Path file = folder.resolve(RIGHTS);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                rights.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is broken: " + e.getMessage(), e);
            }
        }
        return rights;
    }

    private Set<String> revoked() throws IOException {
        Path file = folder.resolve(REVOKED);
        if (!Files.exists(file)) {
            return Set.of();
        }
        Set<String> digests = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            String digest = line.replaceFirst("#.*", "").trim();
            if (!digest.isEmpty() && !digest.matches(Digest.PATTERN)) {
                throw new IOException(file + " has a line that is no SHA-256 digest: " + line);
            }
            if (!digest.isEmpty()) {
                digests.add(digest);
            }
        }
        return digests;
    }

    private Map<String, X509CRL> crls() throws IOException {
        Map<String, X509CRL> all = new TreeMap<>();
        for (Path file : files(".crl")) {
            try (InputStream in = Files.newInputStream(file)) {
                all.put(file.getFileName().toString(), (X509CRL)
                        CertificateFactory.getInstance("X.509").generateCRL(in));
            } catch (GeneralSecurityException e) {
                throw new IOException(file + " is no revocation list: " + e.getMessage(), e);
            }
        }
        return all;
    }

    private List<Path> files(String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static Set<String> words(Properties rights, String key) {
        return Arrays.stream(rights.getProperty(key, "").trim().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void write(Map<String, X509Certificate> certificates, Properties rights) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(CERTIFICATES + HALF);
        try (OutputStream out = Files.newOutputStream(part)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            for (Map.Entry<String, X509Certificate> one : certificates.entrySet()) {
                store.setCertificateEntry(one.getKey(), one.getValue());
            }
            store.store(out, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write " + part + ": " + e.getMessage(), e);
        }
        Files.move(
                part,
                folder.resolve(CERTIFICATES),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        replace(folder.resolve(RIGHTS), text(rights));
    }

    private static String text(Properties rights) {
        Collection<String> names = new TreeSet<>(rights.stringPropertyNames());
        return "# NAME.spi: of gov, mkt, mfe, or * for all. NAME.bundles: symbolic names, * at the end for all that\n"
                + "# begin so; * alone is every name but the platform's own. NAME is the alias in " + CERTIFICATES
                + ".\n"
                + names.stream()
                        .map(name -> name + " = " + rights.getProperty(name) + "\n")
                        .collect(Collectors.joining());
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + HALF);
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
