package org.hmsach.ops.internal.desired;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hmsach.ops.internal.json.Json;

/** {@code DATA/desired.json} and the jars beside it; every change is on disk when a method returns. */
public final class DesiredFile {
    private static final int MODULE_START_LEVEL = 60;
    private static final ObjectMapper JSON = Json.mapper();
    /** A version that comes may have written more than this one knows. */
    private static final ObjectReader READER =
            JSON.readerFor(Document.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Map<Path, DesiredFile> OPEN = new ConcurrentHashMap<>();

    private final Path file;
    private final Path jars;

    private DesiredFile(Path data) {
        this.file = data.resolve("desired.json");
        this.jars = data.resolve("bundles");
    }

    /** The desired set of a data folder: one for all who change it. */
    public static DesiredFile at(Path data) {
        return OPEN.computeIfAbsent(data.toAbsolutePath().normalize(), DesiredFile::new);
    }

    private record Document(List<DesiredEntry> bundles) {}

    /** All entries by symbolic name. */
    public synchronized Map<String, DesiredEntry> entries() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return READER.<Document>readValue(file.toFile()).bundles().stream()
                    .collect(Collectors.toMap(DesiredEntry::name, entry -> entry, (a, b) -> b, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Adds or replaces an entry. */
    public synchronized void put(DesiredEntry entry) {
        Map<String, DesiredEntry> entries = new TreeMap<>(entries());
        entries.put(entry.name(), entry);
        write(entries.values());
    }

    /** The jar is what must run under its name from now on; its copy was kept. */
    public synchronized void want(StagedJar jar) {
        DesiredEntry before = entries().get(jar.name());
        String shipped = before == null ? "" : before.shipped();
        put(new DesiredEntry(
                jar.name(),
                jar.version(),
                jar.digest(),
                before == null ? MODULE_START_LEVEL : before.startLevel(),
                jar.digest().equals(shipped) ? DesiredEntry.Origin.FEATURE : DesiredEntry.Origin.OPERATOR,
                shipped,
                before == null ? "" : before.beforeOf(jar.digest())));
    }

    /** Where the next version of the name belongs. */
    public int startLevel(String name) {
        DesiredEntry entry = entries().get(name);
        return entry == null ? MODULE_START_LEVEL : entry.startLevel();
    }

    /** What has the name stays away from now on, and can be brought back. */
    public synchronized void remove(String name) {
        DesiredEntry entry = entries().get(name);
        if (entry != null) {
            put(entry.removed());
        }
    }

    /** Takes an entry out. */
    public synchronized void drop(String name) {
        Map<String, DesiredEntry> entries = new TreeMap<>(entries());
        if (entries.remove(name) != null) {
            write(entries.values());
        }
    }

    /** Keeps a copy of a jar under its digest. */
    public synchronized void keep(Path jar, String digest) {
        Path copy = jars.resolve(digest + ".jar");
        if (Files.exists(copy)) {
            return;
        }
        try {
            Files.createDirectories(jars);
            Path part = jars.resolve(digest + ".part");
            Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
            force(part);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + copy, e);
        }
    }

    /** A jar that was kept. */
    public Optional<Path> jar(String digest) {
        return Optional.of(jars.resolve(digest + ".jar")).filter(Files::exists);
    }

    private void write(Collection<DesiredEntry> entries) {
        Path part = file.resolveSibling("desired.json.part");
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), new Document(List.copyOf(entries)));
            force(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
