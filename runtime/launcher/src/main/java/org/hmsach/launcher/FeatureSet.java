package org.hmsach.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;
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
    private static final String START_LEVEL = "bundleStartLevel";
    private static final String LAUNCHING_PROPERTIES = "framework-launching-properties";

    /**
     * One bundle of a feature.
     *
     * @param feature    name of the feature file it stands in
     * @param mavenId    group:artifact:version or group:artifact:jar:classifier:version
     * @param file       its jar in {@code repo/}
     * @param startLevel OSGi start level
     */
    public record Item(String feature, String mavenId, Path file, int startLevel) {}

    /** Reads the chosen features; a missing jar, variable or start level is named and stops the start. */
    public static FeatureSet read(Settings settings) {
        FeatureService service =
                ServiceLoader.load(FeatureService.class).findFirst().orElseThrow();
        Map<String, Item> bundles = new LinkedHashMap<>();
        Map<String, Map<String, Object>> configurations = new TreeMap<>();
        Map<String, String> properties = new TreeMap<>();
        for (String name : settings.features()) {
            Path file = file(settings.home(), name);
            try (Reader reader = Files.newBufferedReader(file)) {
                Feature feature = service.readFeature(reader);
                Map<String, String> known = new TreeMap<>();
                feature.getVariables().forEach((key, value) -> known.put(key, String.valueOf(value)));
                known.putAll(settings.properties());
                Variables variables = new Variables(known);
                for (FeatureBundle bundle : feature.getBundles()) {
                    Item item = item(settings.home(), name, bundle);
                    bundles.putIfAbsent(item.mavenId(), item);
                }
                feature.getConfigurations().values().forEach(one -> configure(one, variables, file, configurations));
                properties.putAll(launchingProperties(feature, variables, file));
            } catch (IOException | RuntimeException e) {
                throw new LaunchException(LaunchException.USAGE, "feature file " + file + ": " + e.getMessage(), e);
            }
        }
        return new FeatureSet(List.copyOf(bundles.values()), configurations, properties);
    }

    static Path file(Path home, String feature) {
        return home.resolve("features").resolve(feature + ".json");
    }

    private static Item item(Path home, String feature, FeatureBundle bundle) {
        ID id = bundle.getID();
        Path file = mavenFile(home.resolve("repo"), id);
        if (!Files.exists(file)) {
            throw new LaunchException(LaunchException.USAGE, "bundle " + id + " is not in the repository: " + file);
        }
        Object level = bundle.getMetadata().get(START_LEVEL);
        if (!(level instanceof Number number)) {
            throw new LaunchException(LaunchException.USAGE, "bundle " + id + " has no " + START_LEVEL);
        }
        return new Item(feature, id.toString(), file, number.intValue());
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
        FeatureExtension extension = feature.getExtensions().get(LAUNCHING_PROPERTIES);
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
