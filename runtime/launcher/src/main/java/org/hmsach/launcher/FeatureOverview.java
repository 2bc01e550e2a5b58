package org.hmsach.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All features of a distribution and an organisation: what is on, what it is made of, and what each needs. */
public final class FeatureOverview {
    private FeatureOverview() {}

    /**
     * One feature.
     *
     * @param name        its file's name without {@code .json}
     * @param own         whether it is the organisation's
     * @param on          whether it is chosen
     * @param description what its file says
     * @param bundles     in the order of the file
     * @param needs       of and from others
     * @param broken      why it cannot be used; empty when it can
     */
    public record Row(
            String name,
            boolean own,
            boolean on,
            String description,
            List<Part> bundles,
            FeatureNeeds needs,
            String broken) {}

    /**
     * A bundle of a feature.
     *
     * @param file     the jar
     * @param mavenId  as the feature names it
     * @param own      whether it lies in the organisation's repository
     * @param replaced the version that an operator put in its place, or {@code removed}; empty when neither
     */
    public record Part(BundleFile file, String mavenId, boolean own, String replaced) {}

    /** Looks at all of them; writes nothing and takes no port. */
    public static List<Row> of(Path home, Path data) {
        FeatureCatalog catalog = new FeatureCatalog(home, data);
        Set<String> chosen = new LinkedHashSet<>(catalog.chosen());
        Set<String> names = new LinkedHashSet<>(chosen);
        names.addAll(catalog.names());
        Map<String, FeatureSet> sound = new LinkedHashMap<>();
        Map<String, String> broken = new TreeMap<>();
        for (String name : names) {
            try {
                sound.put(name, FeatureSet.read(Settings.look(home, data, List.of(name))));
            } catch (LaunchException e) {
                broken.put(name, e.getMessage());
            }
        }
        Map<String, FeatureNeeds> needs = needs(sound);
        Map<String, DesiredSet.Entry> desired = new TreeMap<>();
        DesiredSet.load(data).forEach(entry -> desired.put(entry.name(), entry));
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            boolean isSound = sound.containsKey(name);
            rows.add(new Row(
                    name,
                    !catalog.isShipped(name),
                    chosen.contains(name),
                    isSound ? FeatureFile.read(catalog.file(name)).description() : "",
                    isSound ? parts(sound.get(name), desired) : List.of(),
                    isSound ? needs.get(name) : new FeatureNeeds(Map.of(), Map.of(), Set.of()),
                    broken.getOrDefault(name, "")));
        }
        return rows;
    }

    /** What keeps the features from running together, in the resolver's words; empty when they fit. */
    public static List<String> missing(Path home, Path data, List<String> features) {
        FeatureSet set = FeatureSet.read(Settings.look(home, data, FeatureCatalog.withCore(features)));
        try (Resolution resolution = Resolution.of(set)) {
            return resolution.missing();
        }
    }

    private static Map<String, FeatureNeeds> needs(Map<String, FeatureSet> features) {
        Map<Path, FeatureSet.Item> items = new LinkedHashMap<>();
        Map<String, String> properties = new TreeMap<>();
        Map<String, List<Path>> jars = new LinkedHashMap<>();
        features.forEach((name, set) -> {
            set.bundles().forEach(item -> items.putIfAbsent(item.file(), item));
            properties.putAll(set.frameworkProperties());
            jars.put(name, set.bundles().stream().map(FeatureSet.Item::file).toList());
        });
        FeatureSet all = new FeatureSet(List.copyOf(items.values()), Map.of(), properties);
        try (Resolution resolution = Resolution.of(all)) {
            return FeatureNeeds.of(jars, resolution);
        }
    }

    private static List<Part> parts(FeatureSet set, Map<String, DesiredSet.Entry> desired) {
        List<Part> parts = new ArrayList<>();
        for (FeatureSet.Item item : set.bundles()) {
            BundleFile file = BundleFile.read(item.file());
            DesiredSet.Entry entry = desired.get(file.name());
            String replaced = "";
            if (entry != null && entry.origin() == DesiredSet.Origin.OPERATOR) {
                replaced = entry.version();
            } else if (entry != null && entry.origin() == DesiredSet.Origin.REMOVED) {
                replaced = "removed";
            }
            parts.add(new Part(file, item.mavenId(), item.own(), replaced));
        }
        return parts;
    }
}
