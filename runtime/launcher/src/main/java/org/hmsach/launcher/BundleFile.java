package org.hmsach.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar that is a bundle.
 *
 * @param name    Bundle-SymbolicName
 * @param version Bundle-Version
 * @param digest  SHA-256 of the file, hexadecimal
 * @param path    where it lies
 */
public record BundleFile(String name, String version, String digest, Path path) {
    /** Reads name, version and digest; refuses what is no bundle. */
    public static BundleFile read(Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            if (name == null) {
                throw new LaunchException(LaunchException.USAGE, path + " is not a bundle: no Bundle-SymbolicName");
            }
            String version = manifest.getMainAttributes().getValue("Bundle-Version");
            return new BundleFile(
                    name.split(";", 2)[0].trim(), version == null ? "0.0.0" : version.trim(), sha256(path), path);
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read bundle " + path + ": " + e.getMessage(), e);
        }
    }

    /** SHA-256 of a file, hexadecimal. */
    static String sha256(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
