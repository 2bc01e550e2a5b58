package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.hmsach.trust.Digest;

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
                    name.split(";", 2)[0].trim(), version == null ? "0.0.0" : version.trim(), Digest.of(path), path);
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read bundle " + path + ": " + e.getMessage(), e);
        }
    }
}
