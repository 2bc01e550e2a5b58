package org.hmsach.itest.pax;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A shipped bundle under another version: the same code, as a vendor's next release would be. */
public final class VersionedJar {
    private VersionedJar() {}

    /** Writes the jar into the folder. */
    public static Path of(InputStream shipped, String version, Path folder) throws IOException {
        return of(shipped, version, folder, Map.of());
    }

    /** The same with more in its manifest. */
    public static Path of(InputStream shipped, String version, Path folder, Map<String, String> headers)
            throws IOException {
        Path file = folder.resolve("module-" + version + ".jar");
        try (JarInputStream in = new JarInputStream(shipped)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (OutputStream bytes = Files.newOutputStream(file);
                    JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return file;
    }
}
