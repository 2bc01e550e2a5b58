package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hmsach.core.internal.disk.ArchiveCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a first start leaves when the disk fails it: files that are there and have nothing in them, on which the engine
 * does not open. They are removed as long as nothing was ever recorded; beside a recording an empty file is damage.
 */
final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String RECORDING = ".rec";

    private FirstStart() {}

    /** The caller holds the directory's lock. */
    static void clear(Path directory) {
        List<Path> made = List.of(
                Node.archiveDirectory(directory).resolve(ArchiveCatalog.FILE),
                Node.clusterDirectory(directory).resolve("node-state.dat"));
        try {
            for (Path file : made) {
                if (isUnfinished(directory, file)) {
                    LOG.warn("{} is of a first start that did not succeed, it is removed: it is empty", file);
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + directory + " cannot be read or written", e);
        }
    }

    /** Whether the file is there with nothing in it, and nothing was ever recorded beside it. */
    static boolean isUnfinished(Path directory, Path file) throws IOException {
        return Files.exists(file) && Files.size(file) == 0 && !hasRecordings(Node.archiveDirectory(directory));
    }

    private static boolean hasRecordings(Path archive) throws IOException {
        if (!Files.isDirectory(archive)) {
            return false;
        }
        try (Stream<Path> files = Files.list(archive)) {
            return files.anyMatch(file -> file.toString().endsWith(RECORDING));
        }
    }
}
