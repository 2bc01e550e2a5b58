package org.hmsach.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.ID;

/**
 * The chosen OSGi feature files, put together: bundles with start levels, configurations, framework properties.
 *
 * @param bundles             in the order of the files, each Maven id once
 * @param configurations      by PID, variables replaced
 * @param frameworkProperties of the extension {@code framework-launching-properties}, variables replaced
 */
public record FeatureSet(
        List<Item> bundles, Map<String, Map<String, Object>> configurations, Map<String, String> frameworkProperties) {

    /**
     * One bundle of a feature.
     *
     * @param feature    name of the feature file it stands in
     * @param mavenId    group:artifact:version or group:artifact:jar:classifier:version
     * @param file       its jar
     * @param startLevel OSGi start level
     * @param own        whether the jar lies in the organisation's repository and not in the distribution
     */
    public record Item(String feature, String mavenId, Path file, int startLevel, boolean own) {}

    /** Reads the chosen features; a missing jar, variable or start level is named and stops the start. */
    public static FeatureSet read(Settings settings) {
        FeatureCatalog catalog = new FeatureCatalog(settings.home(), settings.data());
        BundleRepository repository = new BundleRepository(settings.data());
        Map<String, Item> bundles = new LinkedHashMap<>();
        Map<String, Map<String, Object>> configurations = new TreeMap<>();
        Map<String, String> properties = new TreeMap<>();
        for (String name : settings.features()) {
            FeatureFile file = FeatureFile.read(catalog.file(name));
            Feature feature = file.feature();
            Map<String, String> known = new TreeMap<>();
            feature.getVariables().forEach((key, value) -> known.put(key, String.valueOf(value)));
            known.putAll(settings.properties());
            Variables variables = new Variables(known);
            for (int i = 0; i < feature.getBundles().size(); i++) {
                Item item = item(settings.home(), repository, name, file, i);
                bundles.putIfAbsent(item.mavenId(), item);
            }
            feature.getConfigurations().values().forEach(one -> configure(one, variables, file.path(), configurations));
            properties.putAll(launchingProperties(feature, variables, file.path()));
        }
        return new FeatureSet(List.copyOf(bundles.values()), configurations, properties);
    }

    /** What the distribution ships, else what lies in the organisation's repository. */
    private static Item item(Path home, BundleRepository repository, String name, FeatureFile file, int index) {
        FeatureBundle bundle = file.feature().getBundles().get(index);
        ID id = bundle.getID();
        int startLevel = ((Number) bundle.getMetadata().get(FeatureFile.START_LEVEL)).intValue();
        Path shipped = mavenFile(home.resolve("repo"), id);
        if (Files.exists(shipped)) {
            return new Item(name, id.toString(), shipped, startLevel, false);
        }
        BundleRepository.Entry entry = repository
                .find(id.toString(), id.getArtifactId(), id.getVersion())
                .orElseThrow(() -> file.wrong(
                        index,
                        "id",
                        id,
                        "but there is no such bundle: neither " + shipped
                                + " nor an entry of the organisation's repository; bring it: hms module add"));
        return new Item(name, id.toString(), repository.checked(entry), startLevel, true);
    }

    private static Path mavenFile(Path repo, ID id) {
        String classifier = id.getClassifier().map(text -> "-" + text).orElse("");
        String name = id.getArtifactId() + "-" + id.getVersion() + classifier + ".jar";
        return repo.resolve(id.getGroupId().replace('.', '/'))
                .resolve(id.getArtifactId())
                .resolve(id.getVersion())
                .resolve(name);
    }

    private static void configure(
            FeatureConfiguration one, Variables variables, Path file, Map<String, Map<String, Object>> into) {
        String where = file + ", configuration " + one.getPid();
        Map<String, Object> values = into.computeIfAbsent(one.getPid(), pid -> new TreeMap<>());
        one.getValues().forEach((key, value) -> values.put(key, variables.replaceIn(value, where)));
    }

    private static Map<String, String> launchingProperties(Feature feature, Variables variables, Path file) {
        FeatureExtension extension = feature.getExtensions().get(FeatureFile.LAUNCHING_PROPERTIES);
        Map<String, String> properties = new TreeMap<>();
        if (extension == null) {
            return properties;
        }
        try (JsonReader json = Json.createReader(new StringReader(extension.getJSON()))) {
            JsonObject object = json.readObject();
            List<String> names = new ArrayList<>(object.keySet());
            for (String name : names) {
                String text =
                        object.get(name) instanceof JsonString string ? string.getString() : object.get(name) + "";
                properties.put(name, variables.replace(text, file + ", framework property " + name));
            }
        }
        return properties;
    }
}
