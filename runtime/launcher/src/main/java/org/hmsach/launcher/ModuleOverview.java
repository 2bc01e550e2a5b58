package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hmsach.trust.Digest;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.TrustOffice;
import org.osgi.framework.Version;

/** The versions of each module that a data folder knows of, side by side, and which of them is wanted and runs. */
public final class ModuleOverview {
    private final Settings settings;
    private final BundleRepository repository;
    private final Map<String, DesiredSet.Entry> desired = new TreeMap<>();
    private final Set<String> running;

    /** @param isRunning whether a server works on the data folder now */
    public ModuleOverview(Path home, Path data, boolean isRunning) {
        this.settings = Settings.look(home, data, List.of());
        this.repository = new BundleRepository(settings.data());
        DesiredSet.load(settings.data()).forEach(entry -> desired.put(entry.name(), entry));
        this.running = isRunning ? running() : Set.of();
    }

    /**
     * One version.
     *
     * @param name     symbolic name
     * @param version  bundle version
     * @param digest   SHA-256 of its jar, as it was added or shipped
     * @param place    {@code repository}, {@code distribution}, or {@code kept}: an operator's, in {@code DATA/bundles}
     * @param trust    who answers for the jar as it lies there, or why nobody does
     * @param desired  whether it runs after the next start
     * @param runs     whether the server that works on the folder has installed it
     * @param features the chosen or own features that name it
     */
    public record Row(
            String name,
            String version,
            String digest,
            String place,
            Judgement trust,
            boolean desired,
            boolean runs,
            List<String> features) {}

    /** All, by name and version. */
    public List<Row> rows() {
        TrustOffice office = Trust.office(settings);
        Map<String, List<String>> named = named();
        List<Row> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (BundleRepository.Entry one : repository.entries()) {
            names.add(one.name());
            rows.add(row(new Found(one.name(), one.version(), one.digest(), "repository", one.jar()), office, named));
        }
        Set<String> there = rows.stream().map(Row::digest).collect(Collectors.toSet());
        for (DesiredSet.Entry one : desired.values()) {
            boolean isModule = names.contains(one.name())
                    || one.name().startsWith("org.hmsach.")
                    || one.origin() != DesiredSet.Origin.FEATURE;
            if (isModule && !there.contains(one.digest())) {
                String place = one.digest().equals(one.shipped()) ? "distribution" : "kept";
                Path jar = settings.data().resolve("bundles").resolve(one.digest() + ".jar");
                rows.add(row(new Found(one.name(), one.version(), one.digest(), place, jar), office, named));
            }
        }
        rows.sort(Comparator.comparing(Row::name).thenComparing(row -> Version.parseVersion(row.version())));
        return rows;
    }

    /** Takes an entry out of the repository, unless somebody counts on it. */
    public BundleRepository.Entry remove(String id) {
        BundleRepository.Entry entry = repository
                .find(id)
                .orElseThrow(() -> new LaunchException(LaunchException.USAGE, "the repository has no " + id));
        List<String> features = named().getOrDefault(entry.digest(), List.of());
        String why = "";
        if (!features.isEmpty()) {
            why = "the features " + features + " name it";
        } else if (isDesired(entry.name(), entry.digest())) {
            why = "it is desired: it runs after the next start; bring another version first, or remove the module";
        } else if (running.contains(entry.digest())) {
            why = "the server that runs has installed it";
        }
        if (!why.isEmpty()) {
            throw new LaunchException(LaunchException.USAGE, entry.id() + " stays: " + why);
        }
        repository.remove(entry);
        return entry;
    }

    private record Found(String name, String version, String digest, String place, Path jar) {}

    private Row row(Found one, TrustOffice office, Map<String, List<String>> named) {
        return new Row(
                one.name(),
                one.version(),
                one.digest(),
                one.place(),
                judge(office, one.jar(), one.digest()),
                isDesired(one.name(), one.digest()),
                running.contains(one.digest()),
                named.getOrDefault(one.digest(), List.of()));
    }

    private boolean isDesired(String name, String digest) {
        DesiredSet.Entry entry = desired.get(name);
        return entry != null
                && entry.origin() != DesiredSet.Origin.REMOVED
                && entry.digest().equals(digest);
    }

    /** Own features count even when they are not chosen: they would not be readable any more. */
    private Map<String, List<String>> named() {
        Map<String, List<String>> named = new TreeMap<>();
        FeatureCatalog catalog = new FeatureCatalog(settings.home(), settings.data());
        for (String feature : catalog.names()) {
            if (!catalog.isShipped(feature)) {
                bundles(FeatureFile.read(catalog.file(feature)))
                        .forEach(digest -> named.computeIfAbsent(digest, key -> new ArrayList<>())
                                .add(feature));
            }
        }
        return named;
    }

    private List<String> bundles(FeatureFile file) {
        return file.feature().getBundles().stream()
                .map(bundle -> bundle.getID())
                .map(id -> repository.find(id.toString(), id.getArtifactId(), id.getVersion()))
                .flatMap(Optional::stream)
                .map(BundleRepository.Entry::digest)
                .toList();
    }

    private static Judgement judge(TrustOffice office, Path jar, String digest) {
        try {
            if (!Files.exists(jar)) {
                return new Judgement(false, digest, "", "its jar is gone: " + jar);
            }
            String now = Digest.of(jar);
            return now.equals(digest)
                    ? office.judge(jar, now)
                    : new Judgement(false, now, "", "its jar was changed after it was added: " + jar);
        } catch (IOException e) {
            return new Judgement(false, digest, "", "it cannot be read: " + e.getMessage());
        }
    }

    /** The digests of what a server has installed. */
    private Set<String> running() {
        return new BundleCache(settings.data().resolve("felix"))
                .all().parallelStream()
                        .map(jar -> {
                            try {
                                return Digest.of(jar);
                            } catch (IOException e) {
                                return ""; // the server has just let it go
                            }
                        })
                        .collect(Collectors.toSet());
    }
}
