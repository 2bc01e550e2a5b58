package org.hmsach.itest.pax;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.itest.Home;
import org.hmsach.itest.Patience;
import org.hmsach.launcher.FeatureSet;
import org.hmsach.launcher.Settings;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/**
 * Turns the feature files that ship, read as the launcher reads them, into options of a test container.
 *
 * <p>Like the launcher, the container stops at {@link #CONFIGURED_LEVEL}; the test creates the configurations and then
 * raises the start level, so that no component ever runs without its configuration.
 */
final class ShippedFeatures {
    /** Framework property that holds the configurations as JSON; the test puts them into Configuration Admin. */
    static final String CONFIGURATIONS = "hms.itest.configurations";
    /** Logging, Configuration Admin and DS are up here, and nothing that reads a configuration. */
    static final int CONFIGURED_LEVEL = 10;

    private ShippedFeatures() {}

    /** The bundles, framework properties and configurations of the features, on fresh data and a free port. */
    static Option options(String... features) throws IOException {
        Settings settings = Settings.read(
                Home.distribution(),
                Files.createTempDirectory("hms-pax"),
                List.of(features),
                Map.of("hms.port", "0", "hms.market.session", "open"));
        FeatureSet set = FeatureSet.read(settings);
        Map<String, String> properties = new TreeMap<>(set.frameworkProperties());
        properties.putAll(settings.properties());
        properties.put("org.osgi.service.http.port", settings.properties().get("hms.port"));
        properties.put("org.apache.felix.http.host", settings.properties().get("hms.host"));
        properties.put(CONFIGURATIONS, new ObjectMapper().writeValueAsString(patient(set.configurations())));
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(CONFIGURED_LEVEL));
        List<Option> options = new ArrayList<>();
        properties.forEach((name, value) -> {
            options.add(frameworkProperty(name).value(value));
            // the log configuration reads its folder from here
            if (name.startsWith("hms.") || name.startsWith("org.ops4j.pax.logging.")) {
                options.add(systemProperty(name).value(value));
            }
        });
        set.bundles()
                .forEach(item ->
                        options.add(bundle(item.file().toUri().toString()).startLevel(item.startLevel())));
        options.add(frameworkStartLevel(CONFIGURED_LEVEL));
        options.add(cleanCaches());
        options.add(junitBundles());
        return composite(options.toArray(new Option[0]));
    }

    private static Map<String, Map<String, Object>> patient(Map<String, Map<String, Object>> configurations) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        configurations.forEach((pid, values) -> all.put(pid, new TreeMap<>(values)));
        Patience.CONFIGURATIONS.forEach((pid, values) ->
                all.computeIfAbsent(pid, key -> new TreeMap<>()).putAll(values));
        return all;
    }
}
