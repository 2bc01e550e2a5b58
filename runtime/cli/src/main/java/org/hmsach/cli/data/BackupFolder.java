package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.disk.Problem;

/** A backup that a server made: the folder with {@code backup.json} in it. */
public final class BackupFolder {
    private static final String MANIFEST = "backup.json";
    private static final String DATA = "data/";
    private static final int FORMAT = 1;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final JsonNode manifest;
    private final Map<String, Entry> files = new LinkedHashMap<>();

    private record Entry(long bytes, String sha256) {}

    private BackupFolder(Path folder, JsonNode manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Whether the folder is a backup, whole or not. */
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /** Opens one. @throws ServerException when it is none, or one that this version cannot read */
    public static BackupFolder open(Path given) throws IOException {
        Path folder = given.toAbsolutePath().normalize();
        if (!is(folder)) {
            throw new ServerException(folder + " is no backup: it has no " + MANIFEST);
        }
        JsonNode manifest;
        try {
            manifest = new ObjectMapper().readTree(folder.resolve(MANIFEST).toFile());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ServerException(folder.resolve(MANIFEST) + " is damaged: " + e.getOriginalMessage(), e);
        }
        int format = manifest.path("format").asInt();
        if (format < 1 || format > FORMAT) {
            throw new ServerException(folder + " has format " + manifest.path("format") + ", made by version "
                    + manifest.path("product") + "; this hms reads format " + FORMAT);
        }
        BackupFolder backup = new BackupFolder(folder, manifest);
        backup.readFiles();
        return backup;
    }

    private void readFiles() {
        for (JsonNode file : manifest.path("files")) {
            String path = file.path("path").asText();
            boolean inside = path.startsWith(DATA)
                    && Path.of(path).normalize().startsWith(DATA)
                    && Path.of(path).normalize().toString().equals(path);
            if (!inside) {
                throw new ServerException(folder.resolve(MANIFEST) + " is damaged: it names the file '" + path + "'");
            }
            files.put(
                    path,
                    new Entry(file.path("bytes").asLong(), file.path("sha256").asText()));
        }
        if (files.isEmpty()) {
            throw new ServerException(folder.resolve(MANIFEST) + " is damaged: it names no files");
        }
    }

    /** What the manifest says of the whole: entry, event, stateHash, chainHash, taken, sql, … */
    public JsonNode manifest() {
        return manifest;
    }

    /** The data folder in it. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Whether all files are there and have the digests that they had. */
    public void check(Consumer<Problem> problems) throws IOException {
        for (Map.Entry<String, Entry> one : files.entrySet()) {
            Path file = folder.resolve(one.getKey());
            if (!Files.isRegularFile(file)) {
                problems.accept(new Problem(one.getKey(), Problem.WHOLE, "is missing"));
            } else if (Files.size(file) != one.getValue().bytes()
                    || !PlatformCheck.sha256(file).equals(one.getValue().sha256())) {
                problems.accept(new Problem(one.getKey(), Problem.WHOLE, "is not what was backed up"));
            }
        }
        try (Stream<Path> all = Files.walk(data())) {
            all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !files.containsKey(name))
                    .forEach(name -> problems.accept(new Problem(name, Problem.WHOLE, "was not backed up")));
        }
    }

    /**
     * Copies the data folder, each digest checked on the way; the target appears when all of it is there and forced.
     *
     * @param given must be empty, or not be there
     */
    public void restore(Path given) throws IOException {
        Path target = given.toAbsolutePath().normalize();
        expectEmpty(target);
        Path half = target.resolveSibling("." + target.getFileName() + ".restoring");
        Files.createDirectories(target.getParent());
        delete(half);
        try {
            Files.createDirectory(half, OWNER_FOLDER);
            for (Map.Entry<String, Entry> one : files.entrySet()) {
                copy(one.getKey(), one.getValue(), half.resolve(one.getKey().substring(DATA.length())));
            }
            Files.deleteIfExists(target);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            force(target.getParent());
        } catch (IOException | RuntimeException e) {
            delete(half);
            throw e;
        }
    }

    /** Refuses a folder that holds something. */
    public static void expectEmpty(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new ServerException(target + " is no folder");
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw new ServerException(target + " is not empty; nothing is written over");
            }
        }
    }

    private void copy(String name, Entry entry, Path to) throws IOException {
        Path from = folder.resolve(name);
        if (!Files.isRegularFile(from)) {
            throw new ServerException("the backup is damaged: " + name + " is missing");
        }
        Files.createDirectories(to.getParent(), OWNER_FOLDER);
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
                FileChannel out = FileChannel.open(
                        to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE)) {
            OutputStream stream = Channels.newOutputStream(out);
            in.transferTo(stream);
            out.force(true);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
            throw new ServerException("the backup is damaged: " + name + " is not what was backed up");
        }
    }

    /** Moves the backup; to another disk by copying it, each digest checked. */
    public BackupFolder moveTo(Path given) throws IOException {
        Path target = given.toAbsolutePath().normalize();
        expectEmpty(target);
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        if (Files.getFileStore(target.getParent()).equals(Files.getFileStore(folder))) {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.createDirectory(target, OWNER_FOLDER);
            for (Map.Entry<String, Entry> one : files.entrySet()) {
                copy(one.getKey(), one.getValue(), target.resolve(one.getKey()));
            }
            Files.copy(folder.resolve(MANIFEST), target.resolve(MANIFEST), StandardCopyOption.COPY_ATTRIBUTES);
            force(target.resolve(MANIFEST));
            delete(folder);
        }
        force(target.getParent());
        return open(target);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
