package org.hmsach.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hmsach.trust.Digest;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.TrustOffice;
import org.osgi.framework.Version;

/**
 * The organisation's own bundles, versions side by side: {@code DATA/repository/NAME/VERSION/NAME-VERSION.jar}, and
 * beside each {@code origin.properties} with its digest and where it came from. There is no index but the folders.
 */
public final class BundleRepository {
    private static final String ORIGIN = "origin.properties";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private final Path folder;

    /** Of a data folder. */
    public BundleRepository(Path data) {
        this.folder = data.resolve("repository");
    }

    /**
     * One version of a bundle.
     *
     * @param name    symbolic name
     * @param version bundle version
     * @param digest  SHA-256 that the jar had when it was added
     * @param mavenId group:artifact:version it was added by; empty when it was a file
     * @param jar     where it lies
     * @param added   when
     */
    public record Entry(String name, String version, String digest, String mavenId, Path jar, String added) {
        /** How people name it. */
        public String id() {
            return name + "/" + version;
        }
    }

    /** All, by name, then by version, the newest last. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path name : folders(folder)) {
            for (Path version : folders(name)) {
                entries.add(read(version));
            }
        }
        entries.sort(Comparator.comparing(Entry::name).thenComparing(entry -> Version.parseVersion(entry.version())));
        return entries;
    }

    /** {@code NAME/VERSION}; empty when it is not here. */
    public Optional<Entry> find(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != 2
                || !NAME.matcher(parts[0]).matches()
                || version(parts[1]).isEmpty()) {
            throw new LaunchException(
                    LaunchException.USAGE, "a bundle of the repository is SYMBOLIC-NAME/VERSION, not " + id);
        }
        return find(parts[0], version(parts[1]).get());
    }

    /** What a feature names: by the Maven id it was added with, else its artifact is the symbolic name. */
    Optional<Entry> find(String mavenId, String artifact, String version) {
        Optional<Entry> exact = entries().stream()
                .filter(entry -> entry.mavenId().equals(mavenId))
                .findFirst();
        Optional<String> bundleVersion = NAME.matcher(artifact).matches() ? version(version) : Optional.empty();
        return exact.isPresent() || bundleVersion.isEmpty() ? exact : find(artifact, bundleVersion.get());
    }

    private Optional<Entry> find(String name, String version) {
        Path place = place(name, version);
        return Files.isDirectory(place) ? Optional.of(read(place)) : Optional.empty();
    }

    /** The jar of an entry; refuses one that is not what was added. */
    public Path checked(Entry entry) {
        String now = digest(entry.jar());
        if (!now.equals(entry.digest())) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    entry.jar() + " was changed after it was added: its SHA-256 is " + now + ", it was "
                            + entry.digest() + "; remove it and add it again: hms module remove " + entry.id());
        }
        return entry.jar();
    }

    /**
     * Adds a copy of a jar; the same again changes nothing.
     *
     * @param mavenId what it was asked for by; empty for a file
     */
    public Entry add(Path jar, String mavenId, TrustOffice office) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempDirectory(folder, ".part-");
            try {
                return add(Files.copy(jar, part.resolve("bundle.jar")), part, mavenId, office);
            } finally {
                delete(part);
            }
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot add " + jar + ": " + e, e);
        }
    }

    /**
     * Answers bundles, who share no type with us: of {@code NAME/VERSION} the {@code file} and the {@code digest} it
     * was added with, or {@code refused}, why it is not to be had.
     */
    Map<String, String> describe(Object asked) {
        try {
            return find(String.valueOf(asked))
                    .map(entry -> Map.of("file", checked(entry).toString(), "digest", entry.digest()))
                    .orElseGet(() -> Map.of("refused", "the repository has no " + asked + ", see hms module list"));
        } catch (LaunchException e) {
            return Map.of("refused", e.getMessage());
        }
    }

    /** Takes an entry out. */
    public void remove(Entry entry) {
        Path version = place(entry.name(), entry.version());
        try {
            Path gone = Files.createTempDirectory(folder, ".gone-");
            Files.move(version, gone, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            delete(gone);
            if (folders(folder.resolve(entry.name())).isEmpty()) {
                Files.delete(folder.resolve(entry.name()));
            }
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot remove " + version + ": " + e, e);
        }
    }

    private Entry add(Path copy, Path part, String mavenId, TrustOffice office) throws IOException {
        BundleFile file = BundleFile.read(copy);
        Optional<String> said = version(file.version());
        if (!NAME.matcher(file.name()).matches() || said.isEmpty()) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    "its Bundle-SymbolicName is " + file.name() + ", its Bundle-Version " + file.version()
                            + ": no bundle may be called so");
        }
        String version = said.get();
        Judgement judgement = office.judge(copy, file.digest());
        if (!judgement.trusted()) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    file.name() + " " + version + " is refused: " + judgement.reason() + ". What to do: "
                            + TrustOffice.ADVICE);
        }
        Path target = place(file.name(), version);
        if (Files.isDirectory(target)) {
            Entry there = read(target);
            if (there.digest().equals(file.digest())) {
                return there;
            }
            throw new LaunchException(
                    LaunchException.USAGE,
                    there.id() + " is here with another content: its SHA-256 is " + there.digest() + ", the new one's "
                            + file.digest() + "; a changed bundle needs another version");
        }
        Files.move(copy, part.resolve(jarName(file.name(), version)));
        Properties origin = new Properties();
        origin.setProperty("digest", file.digest());
        origin.setProperty("maven", mavenId);
        origin.setProperty("added", Instant.now().toString());
        try (Writer out = Files.newBufferedWriter(part.resolve(ORIGIN))) {
            origin.store(out, null);
        }
        Files.createDirectories(target.getParent());
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new LaunchException(LaunchException.USAGE, target + " came at the same time; look again", e);
        }
        return read(target);
    }

    private Path place(String name, String version) {
        return folder.resolve(name).resolve(version);
    }

    private static String jarName(String name, String version) {
        return name + "-" + version + ".jar";
    }

    private static Entry read(Path place) {
        String version = place.getFileName().toString();
        String name = place.getParent().getFileName().toString();
        Path jar = place.resolve(jarName(name, version));
        Properties origin = new Properties();
        try (Reader in = Files.newBufferedReader(place.resolve(ORIGIN))) {
            origin.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    place + " has no readable " + ORIGIN + ": only hms module add puts bundles there; take it out",
                    e);
        }
        String digest = origin.getProperty("digest", "");
        if (!version(version).equals(Optional.of(version))
                || !digest.matches("[0-9a-f]{64}")
                || !Files.isRegularFile(jar)) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    place + " is no entry of the repository: it needs " + jar.getFileName() + " and its digest in "
                            + ORIGIN + "; take it out, and add the bundle again");
        }
        return new Entry(name, version, digest, origin.getProperty("maven", ""), jar, origin.getProperty("added", ""));
    }

    /** In full, 1.0 as 1.0.0; empty when it is none. */
    private static Optional<String> version(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(Version.parseVersion(text).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String digest(Path jar) {
        try {
            return Digest.of(jar);
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + jar + ": " + e, e);
        }
    }

    /** Those that are not hidden: a hidden one is half of something. */
    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> Files.isDirectory(one)
                            && !one.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + folder + ": " + e, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
