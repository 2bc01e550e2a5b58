package org.hmsach.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.spi.mkt.Venue;
import org.osgi.framework.Version;

/** The published contracts as they are on our class path, and where jars are. */
final class Contracts {
    private Contracts() {}

    /** Each exported package with its version. */
    static Map<String, Version> packages() {
        Map<String, Version> packages = new TreeMap<>();
        for (Class<?> one : List.of(ModuleRegistry.class, OrderCheck.class, Venue.class, FeeSchedule.class)) {
            String exports = manifest(place(one)).getMainAttributes().getValue("Export-Package");
            Clauses.of(exports)
                    .forEach((name, attributes) -> packages.put(name, Version.parseVersion(attributes.get("version"))));
        }
        return packages;
    }

    /** The jar or folder that a class comes from. */
    static Path place(Class<?> one) {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(one + " comes from nowhere", e);
        }
    }

    private static Manifest manifest(Path place) {
        try {
            if (Files.isDirectory(place)) {
                try (InputStream in = Files.newInputStream(place.resolve(JarFile.MANIFEST_NAME))) {
                    return new Manifest(in);
                }
            }
            try (JarFile jar = new JarFile(place.toFile())) {
                return jar.getManifest();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the manifest of " + place, e);
        }
    }
}
