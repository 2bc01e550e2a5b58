package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.agrona.IoUtil;

/** Where the engine's shared memory lies: one directory a process, and what a killed predecessor left is removed. */
final class SharedMemory {
    private SharedMemory() {}

    /** A fresh directory name for the log in {@code directory}; call only when no other process uses that log. */
    static Path prepare(Path directory) {
        Path parent = Files.isDirectory(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of(tempDirectory());
        byte[] path = directory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        String prefix = "hmsach-" + System.getProperty("user.name", "") + "-" + UUID.nameUUIDFromBytes(path) + "-";
        try (DirectoryStream<Path> old = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path leftover : old) {
                IoUtil.delete(leftover.toFile(), true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("shared memory in " + parent, e);
        }
        return parent.resolve(prefix + ProcessHandle.current().pid());
    }

    private static String tempDirectory() {
        return System.getProperty("java.io.tmpdir");
    }
}
