package org.hmsach.launcher;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Everything one start was told: folders, chosen features, properties.
 *
 * @param home       the distribution: features/, repo/, conf/
 * @param data       the data folder
 * @param features   names of the chosen features, {@code core} first
 * @param properties all properties, {@code hms.*} and the framework's
 */
public record Settings(Path home, Path data, List<String> features, Map<String, String> properties) {
    static final String CORE = "core";
    private static final String PORT = "hms.port";
    private static final String HOST = "hms.host";

    public Settings {
        features = List.copyOf(features);
        properties = Map.copyOf(properties);
    }

    /**
     * Reads the settings of a start; given features are written to {@code features.list}, which decides otherwise.
     *
     * @param overrides properties given on the command line; the strongest
     */
    public static Settings read(Path home, Path data, List<String> features, Map<String, String> overrides) {
        Path absoluteHome = home.toAbsolutePath().normalize();
        Path absoluteData = data.toAbsolutePath().normalize();
        FeatureCatalog catalog = new FeatureCatalog(absoluteHome, absoluteData);
        List<String> chosen = features.isEmpty() ? catalog.chosen() : FeatureCatalog.withCore(features);
        chosen.forEach(catalog::file);
        Map<String, String> properties = properties(absoluteHome, absoluteData, overrides);
        String host = properties.get(HOST);
        int port = port(host, properties.get(PORT));
        properties.put(PORT, Integer.toString(port));
        properties.put("hms.url", "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        properties.put("hms.features", String.join(",", chosen));
        Settings settings = new Settings(absoluteHome, absoluteData, chosen, properties);
        if (!features.isEmpty()) {
            FeatureSet.read(settings); // a choice that cannot be used is not remembered
        }
        remember(catalog, features, chosen);
        return settings;
    }

    /** The settings of a start that is only thought of: nothing is written, no port is taken. */
    public static Settings look(Path home, Path data, List<String> features) {
        Path absoluteHome = home.toAbsolutePath().normalize();
        Path absoluteData = data.toAbsolutePath().normalize();
        Map<String, String> properties = properties(absoluteHome, absoluteData, Map.of());
        properties.put("hms.url", "");
        properties.put("hms.features", String.join(",", features));
        return new Settings(absoluteHome, absoluteData, features, properties);
    }

    private static Map<String, String> properties(Path home, Path data, Map<String, String> overrides) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(HOST, "127.0.0.1");
        properties.put(PORT, "8080");
        properties.put("hms.market.data", "");
        load(home.resolve("conf/hms.properties"), properties);
        load(data.resolve("conf/hms.properties"), properties);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("hms."))
                .forEach(name -> properties.put(name, System.getProperty(name)));
        properties.putAll(overrides);
        properties.putIfAbsent(
                "hms.market.feed", properties.get("hms.market.data").isBlank() ? "simulated" : "replay");
        properties.put("hms.home", home.toString());
        properties.put("hms.data", data.toString());
        return properties;
    }

    public String url() {
        return properties.get("hms.url");
    }

    private static int port(String host, String text) {
        int port;
        try {
            port = Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new LaunchException(LaunchException.USAGE, "hms.port is not a number: " + text, e);
        }
        if (port < 0 || port > 65_535) {
            throw new LaunchException(LaunchException.USAGE, "hms.port must be 0 to 65535, but is " + port);
        }
        // found out here and not by the HTTP service: that one only logs a taken port and goes on without HTTP
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LaunchException(
                    LaunchException.NOT_READY, "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static void remember(FeatureCatalog catalog, List<String> given, List<String> chosen) {
        try {
            DataFolder.ownerOnly(catalog.data());
            if (!given.isEmpty() || !Files.exists(catalog.choice())) {
                Files.write(catalog.choice(), chosen);
            }
        } catch (IOException e) {
            throw new LaunchException(
                    LaunchException.USAGE, "cannot write " + catalog.choice() + ": " + e.getMessage(), e);
        }
    }

    private static void load(Path file, Map<String, String> into) {
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + file + ": " + e.getMessage(), e);
        }
        properties.stringPropertyNames().forEach(name -> into.put(name, properties.getProperty(name)));
    }
}
