package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ext4 file system in a file, mounted; needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** @throws IOException where that is not possible, e.g. without root or loop devices */
    static SmallDisk mount(Path directory, int megabytes) throws IOException, InterruptedException {
        Path image = directory.resolve("disk.img");
        Path point = Files.createDirectories(directory.resolve("disk"));
        run("truncate", "-s", megabytes + "M", image.toString());
        run("mkfs.ext4", "-q", "-m", "0", "-F", image.toString());
        run("mount", "-o", "loop", image.toString(), point.toString());
        return new SmallDisk(point);
    }

    Path path() {
        return path;
    }

    /** Fills it up to so many megabytes. @return the file to delete */
    Path fill(int leftMegabytes) throws IOException, InterruptedException {
        Path filler = path.resolve("filler");
        long bytes = Files.getFileStore(path).getUsableSpace() - ((long) leftMegabytes << 20);
        run("fallocate", "-l", Long.toString(bytes), filler.toString());
        return filler;
    }

    @Override
    public void close() {
        try {
            run("umount", path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.trim());
        }
    }
}
