package org.hmsach.launcher;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hmsach.trust.Digest;

/**
 * What must run: {symbolic name, version, digest}, kept in {@code DATA/desired.json}.
 *
 * <p>Jars that the operator brought, and the last good ones of our own, lie in {@code DATA/bundles/DIGEST.jar}.
 */
public final class DesiredSet {
    private static final String FILE = "desired.json";

    private DesiredSet() {}

    /** Where an entry comes from: the feature files; an operator's update or addition; an operator's removal. */
    public enum Origin {
        FEATURE,
        OPERATOR,
        REMOVED
    }

    /**
     * One bundle of the desired set.
     *
     * @param name       symbolic name
     * @param version    bundle version
     * @param digest     SHA-256 of the jar
     * @param startLevel OSGi start level
     * @param origin     who wanted it so
     * @param shipped    digest of the jar the feature ships under this name; empty when no feature does
     * @param before     digest of the version before, whose jar is kept for the way back; empty when there was none
     */
    public record Entry(
            String name, String version, String digest, int startLevel, Origin origin, String shipped, String before) {
        /** Digests of the jars that a way back needs. */
        List<String> back() {
            return origin == Origin.REMOVED ? List.of(digest, before) : List.of(before);
        }
    }

    /**
     * A jar that a feature brings.
     *
     * @param file       the jar
     * @param startLevel OSGi start level
     * @param feature    the feature that names it
     */
    public record Shipped(BundleFile file, int startLevel, String feature) {}

    /** Name, version and digest of each bundle that the features name. */
    static List<Shipped> shipped(FeatureSet features) {
        return features.bundles().parallelStream()
                .map(item -> new Shipped(BundleFile.read(item.file()), item.startLevel(), item.feature()))
                .toList();
    }

    /**
     * The new desired set: what ships, but for what an operator replaced, added or removed.
     *
     * <p>An operator's update of a bundle whose feature is not chosen is remembered with {@code shipped} set.
     */
    public static List<Entry> reconcile(Collection<Shipped> shipped, Collection<Entry> before) {
        Map<String, Entry> old = before.stream().collect(Collectors.toMap(Entry::name, entry -> entry));
        Map<String, Entry> result = new TreeMap<>();
        Map<String, Shipped> named = new TreeMap<>();
        for (Shipped one : shipped) {
            BundleFile file = one.file();
            Shipped twin = named.put(file.name(), one);
            if (twin != null) {
                throw new LaunchException(
                        LaunchException.USAGE,
                        "two bundles have the symbolic name " + file.name() + ": feature " + twin.feature() + " names "
                                + twin.file().version() + ", feature " + one.feature() + " names " + file.version()
                                + "; a server runs one of them");
            }
            Entry next = next(one, Optional.ofNullable(old.get(file.name())));
            result.put(file.name(), next);
        }
        old.values().stream()
                .filter(entry -> entry.origin() != Origin.FEATURE)
                .forEach(entry -> result.putIfAbsent(entry.name(), entry));
        return List.copyOf(result.values());
    }

    private static Entry next(Shipped one, Optional<Entry> old) {
        BundleFile file = one.file();
        // what an operator removed before any feature shipped it does not keep the shipped one away
        Optional<Entry> operators = old.filter(entry -> entry.origin() == Origin.OPERATOR
                || (entry.origin() == Origin.REMOVED && !entry.shipped().isEmpty()));
        if (operators.isPresent()) {
            Entry entry = operators.get();
            return new Entry(
                    entry.name(),
                    entry.version(),
                    entry.digest(),
                    one.startLevel(),
                    entry.origin(),
                    file.digest(),
                    entry.before());
        }
        String before = old.map(Entry::before).orElse("");
        return new Entry(
                file.name(), file.version(), file.digest(), one.startLevel(), Origin.FEATURE, file.digest(), before);
    }

    /** Reads the set of the last start; empty at the first one. */
    public static List<Entry> load(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            List<Entry> entries = new ArrayList<>();
            for (JsonObject one : reader.readObject().getJsonArray("bundles").getValuesAs(JsonObject.class)) {
                entries.add(new Entry(
                        one.getString("name"),
                        one.getString("version"),
                        one.getString("digest"),
                        one.getInt("startLevel"),
                        Origin.valueOf(one.getString("origin")),
                        one.getString("shipped"),
                        one.getString("before", "")));
            }
            return entries;
        } catch (IOException | JsonException | NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes the set, whole or not at all. */
    public static void save(Path data, Collection<Entry> entries) {
        JsonArrayBuilder bundles = Json.createArrayBuilder();
        entries.forEach(entry -> bundles.add(Json.createObjectBuilder()
                .add("name", entry.name())
                .add("version", entry.version())
                .add("digest", entry.digest())
                .add("startLevel", entry.startLevel())
                .add("origin", entry.origin().name())
                .add("shipped", entry.shipped())
                .add("before", entry.before())));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriter(text)) {
            writer.writeObject(
                    Json.createObjectBuilder().add("bundles", bundles).build());
        }
        DataFolder.write(data.resolve(FILE), text.toString().replace("},{", "},\n{") + "\n");
    }

    /** The jar of an operator's entry; refuses a missing or changed one, for another jar may check orders less. */
    public static Path operatorJar(Path data, Entry entry) {
        Path jar = data.resolve("bundles").resolve(entry.digest() + ".jar");
        try {
            if (Files.exists(jar) && Digest.of(jar).equals(entry.digest())) {
                return jar;
            }
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + jar + ": " + e.getMessage(), e);
        }
        throw new LaunchException(
                LaunchException.USAGE,
                "the jar of " + entry.name() + " " + entry.version()
                        + " that an operator installed is missing or changed: " + jar
                        + "; put it back, or take the entry out of " + data.resolve(FILE));
    }
}
