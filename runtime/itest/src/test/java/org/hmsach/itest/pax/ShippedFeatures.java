package org.hmsach.itest.pax;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.itest.Home;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/** Turns the feature files that ship into options of a test container. */
final class ShippedFeatures {
    /** Framework property that holds the configurations as JSON; the test puts them into Configuration Admin. */
    static final String CONFIGURATIONS = "hms.itest.configurations";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ShippedFeatures() {}

    /** The bundles, framework properties and configurations of the features, on fresh data and a free port. */
    static Option options(String... features) throws IOException {
        Path home = Home.distribution();
        Path data = Files.createTempDirectory("hms-pax");
        Map<String, String> variables = new LinkedHashMap<>(Map.of(
                "hms.home", home.toString(),
                "hms.data", data.toString(),
                "hms.market.data", "",
                "hms.market.feed", "simulated",
                "hms.market.session", "open",
                "hms.market.speed", "1"));
        List<Option> options = new ArrayList<>();
        Map<String, JsonNode> configurations = new LinkedHashMap<>();
        for (String feature : features) {
            JsonNode json =
                    JSON.readTree(home.resolve("features/" + feature + ".json").toFile());
            json.path("variables")
                    .properties()
                    .forEach(v -> variables.putIfAbsent(v.getKey(), v.getValue().asText()));
            json.path("bundles").forEach(b -> options.add(shipped(home, b)));
            json.path("configurations").properties().forEach(c -> configurations.put(c.getKey(), c.getValue()));
            json.path("extensions")
                    .path("framework-launching-properties")
                    .path("json")
                    .properties()
                    .forEach(p -> options.add(frameworkProperty(p.getKey())
                            .value(replaced(p.getValue().asText(), variables))));
        }
        variables.forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
        options.add(
                frameworkProperty(CONFIGURATIONS).value(replaced(JSON.writeValueAsString(configurations), variables)));
        options.add(frameworkProperty("org.apache.felix.http.host").value("127.0.0.1"));
        options.add(frameworkProperty("org.osgi.service.http.port").value("0"));
        options.add(frameworkProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL).value("100"));
        options.add(cleanCaches());
        options.add(junitBundles());
        return composite(options.toArray(new Option[0]));
    }

    /** The file of a bundle in the distribution's repository. */
    static Path file(Path home, String id) {
        String[] parts = id.split(":");
        String group = parts[0].replace('.', '/');
        String version = parts[parts.length - 1];
        String classifier = parts.length == 5 ? "-" + parts[3] : "";
        return home.resolve("repo")
                .resolve(group)
                .resolve(parts[1])
                .resolve(version)
                .resolve(parts[1] + "-" + version + classifier + ".jar");
    }

    private static Option shipped(Path home, JsonNode bundle) {
        int level = bundle.path("bundleStartLevel").asInt(50);
        return bundle(file(home, bundle.path("id").asText()).toUri().toString()).startLevel(level);
    }

    private static String replaced(String text, Map<String, String> variables) {
        String result = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            result = result.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return result;
    }
}
