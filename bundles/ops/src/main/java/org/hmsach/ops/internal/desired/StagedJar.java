package org.hmsach.ops.internal.desired;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar that was looked at before anything is done with it.
 *
 * @param path    where it lies
 * @param name    symbolic name
 * @param version bundle version
 * @param digest  SHA-256 of the file, hexadecimal
 */
public record StagedJar(Path path, String name, String version, String digest) {
    /** The jar is no bundle, or its signature does not hold; the message names what is wrong. */
    public static final class NotABundle extends Exception {
        private static final long serialVersionUID = 1L;

        NotABundle(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Reads every entry: a broken jar or one changed after signing is refused here and not half way into an update. */
    public static StagedJar read(Path path) throws NotABundle {
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = attributes.getValue("Bundle-SymbolicName");
            if (name == null || attributes.getValue("Bundle-ManifestVersion") == null) {
                throw new NotABundle("the jar's manifest has no Bundle-SymbolicName and Bundle-ManifestVersion", null);
            }
            for (JarEntry entry : Collections.list(jar.entries())) {
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            String version = attributes.getValue("Bundle-Version");
            return new StagedJar(
                    path, name.split(";", 2)[0].trim(), version == null ? "0.0.0" : version.trim(), sha256(path));
        } catch (IOException | SecurityException e) {
            throw new NotABundle("the body is not a sound jar: " + e.getMessage(), e);
        }
    }

    private static String sha256(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
