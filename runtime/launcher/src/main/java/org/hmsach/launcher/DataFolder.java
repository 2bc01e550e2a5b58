package org.hmsach.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data folder, held by this process alone until closed. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DataFolder open(Path path) {
        try {
            ownerOnly(path);
            for (String name : List.of("conf", "load", "log", "bundles", "tmp")) {
                Files.createDirectories(path.resolve(name));
            }
            ownerOnly(path.resolve("secrets"));
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new LaunchException(
                        LaunchException.LOCKED,
                        "another server works on " + path + " (it holds the lock file; see run.json there)");
            }
            Files.deleteIfExists(path.resolve("run.json")); // left behind by a killed server
            for (Path file : files(path.resolve("tmp"))) { // and the jars that somebody was just sending it
                if (file.getFileName().toString().matches("staged-.*\\.jar")) {
                    Files.delete(file);
                }
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new LaunchException(
                    LaunchException.USAGE, "cannot use the data folder " + path + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    /**
     * Keeps the jars given and drops all others: those that no entry names any more.
     *
     * @param back digests of jars for the way back, which stay where they are there
     */
    void keepJars(List<BundleFile> keep, Collection<String> back) {
        Path folder = path.resolve("bundles");
        Set<String> names = Stream.concat(keep.stream().map(BundleFile::digest), back.stream())
                .map(digest -> digest + ".jar")
                .collect(Collectors.toSet());
        try {
            for (BundleFile file : keep) {
                copy(file, folder);
            }
            for (Path file : files(folder)) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new LaunchException(
                    LaunchException.USAGE, "cannot keep jars in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes a file whole or not at all. */
    static void write(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void copy(BundleFile file, Path folder) throws IOException {
        Path copy = folder.resolve(file.digest() + ".jar");
        if (!Files.exists(copy)) {
            Path part = folder.resolve(file.digest() + ".part");
            Files.copy(file.path(), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another start inside this very process
        }
    }

    /** Makes the folder, readable by its owner only; one that exists stays as the operator made it. */
    static void ownerOnly(Path folder) throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(folder.toString(), null, "the file system knows no owner permissions");
        }
    }
}
