package org.hmsach.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** The jars that the framework runs bundles from, in its own folder: {@code bundleID/versionN.M/bundle.jar}. */
final class BundleCache {
    private final Path storage;

    BundleCache(Path storage) {
        this.storage = storage;
    }

    /** The jar of the bundle as it is now; empty when the framework reads it from somewhere else. */
    Optional<Path> now(Bundle bundle) {
        return revisions(folder(bundle)).findFirst().map(BundleCache::jar).filter(Files::isRegularFile);
    }

    /** The jar of the bundle before its last update. */
    Optional<Path> before(Bundle bundle) {
        return revisions(folder(bundle))
                .skip(1)
                .findFirst()
                .map(BundleCache::jar)
                .filter(Files::isRegularFile);
    }

    /** The jars of all bundles as they are now, also of a framework in another process. */
    List<Path> all() {
        if (!Files.isDirectory(storage)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(storage)) {
            return folders.filter(one -> one.getFileName().toString().matches("bundle[1-9]\\d{0,9}"))
                    .flatMap(one -> revisions(one).limit(1))
                    .map(BundleCache::jar)
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + storage, e);
        }
    }

    private Path folder(Bundle bundle) {
        return storage.resolve("bundle" + bundle.getBundleId());
    }

    private static Path jar(Path revision) {
        return revision.resolve("bundle.jar");
    }

    /** Newest first. */
    private static Stream<Path> revisions(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> revisions = all.filter(
                            one -> one.getFileName().toString().matches("version\\d{1,9}\\.\\d{1,9}"))
                    .sorted(Comparator.comparingLong(BundleCache::number).reversed())
                    .toList();
            return revisions.stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static long number(Path revision) {
        String[] parts =
                revision.getFileName().toString().substring("version".length()).split("\\.");
        return Long.parseLong(parts[0]) * 1_000_000_000L + Long.parseLong(parts[1]);
    }
}
