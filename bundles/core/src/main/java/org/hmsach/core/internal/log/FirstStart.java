package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        Path archive = Node.archiveDirectory(directory);
        List<Path> made = List.of(
                archive.resolve("archive.catalog"),
                Node.clusterDirectory(directory).resolve("node-state.dat"));
        try {
            if (hasRecordings(archive)) {
                return;
            }
            for (Path file : made) {
                if (Files.exists(file) && Files.size(file) == 0) {
                    LOG.warn("{} is of a first start that did not succeed, it is removed: it is empty", file);
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + directory + " cannot be read or written", e);
        }
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
