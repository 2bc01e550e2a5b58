package org.hmsach.ops.internal.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * The jar a bundle runs from, in the framework's cache ({@code bundleID/versionN.M/bundle.jar}).
 *
 * <p>OSGi has no way to ask for it; without it an update by the plain ways could not be kept for the next start.
 */
public final class InstalledJar {
    private InstalledJar() {}

    /** The jar; empty when it is not in the cache. */
    public static Optional<Path> of(BundleContext context, Bundle bundle) {
        String cache = context.getProperty(Constants.FRAMEWORK_STORAGE);
        if (cache == null) {
            return Optional.empty();
        }
        Path folder = Path.of(cache, "bundle" + bundle.getBundleId());
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var revisions = Files.list(folder)) {
            return revisions
                    .filter(revision -> revision.getFileName().toString().matches("version\\d+\\.\\d+"))
                    .max(Comparator.comparing(InstalledJar::number))
                    .map(revision -> revision.resolve("bundle.jar"))
                    .filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static long number(Path revision) {
        String[] parts =
                revision.getFileName().toString().substring("version".length()).split("\\.");
        return Long.parseLong(parts[0]) * 1_000_000L + Long.parseLong(parts[1]);
    }
}
