package org.hmsach.bench.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Where the log lies during a measurement: {@code HMS_BENCH_DIR}, or the folder for temporary files. */
final class FileSystem implements AutoCloseable {
    private static final int FORCES = 200;
    private static final int BLOCK = 4_096;

    private final Path directory;

    FileSystem() throws IOException {
        String set = System.getenv("HMS_BENCH_DIR");
        directory = set == null || set.isBlank()
                ? Files.createTempDirectory("hms-bench-log")
                : Files.createTempDirectory(Path.of(set), "hms-bench-log");
    }

    Path directory() {
        return directory;
    }

    /** Prints the kind of file system and how long it takes to force one block. */
    void print() throws IOException {
        long[] nanos = new long[FORCES];
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        Path file = directory.resolve("force");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FORCES; i++) {
                block.clear();
                channel.write(block, (long) i * BLOCK);
                long start = System.nanoTime();
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Files.delete(file);
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%s, forcing 4 KiB: p50 %.3f ms, p99 %.3f ms%n",
                Files.getFileStore(directory).type(),
                nanos[FORCES / 2] / 1e6,
                nanos[FORCES * 99 / 100] / 1e6);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
