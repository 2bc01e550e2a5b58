package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;

/** Where the engine's shared memory lies: one directory a process, and what a killed predecessor left is removed. */
final class SharedMemory {
    private SharedMemory() {}

    /** A fresh directory name for the log in {@code directory}; call only when no other process uses that log. */
    static Path prepare(Path directory) {
        Path parent = Files.isDirectory(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of(tempDirectory());
        CRC32C hash = new CRC32C();
        hash.update(
                directory.toAbsolutePath().normalize().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String prefix = "hmsach-" + System.getProperty("user.name", "") + "-" + Long.toHexString(hash.getValue()) + "-";
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
