package org.hmsach.launcher;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Brings configurations into Configuration Admin before the first module starts. */
final class Configurations {
    private static final String SERVICE = "org.osgi.service.cm.ConfigurationAdmin";
    /** Any version of a bundle gets the configuration, so that two can run side by side. */
    private static final String ANY_LOCATION = "?";

    private Configurations() {}

    /** The features' configurations with the operator's single keys from {@code DATA/conf} laid over them. */
    static Map<String, Map<String, Object>> withOverrides(FeatureSet features, Settings settings) {
        Map<String, Map<String, Object>> result = new TreeMap<>();
        features.configurations().forEach((pid, values) -> result.put(pid, new TreeMap<>(values)));
        Variables variables = new Variables(settings.properties());
        Path folder = settings.data().resolve("conf");
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".cfg") || name.endsWith(".json")) {
                    Map<String, Object> values = read(file);
                    values.replaceAll((key, value) -> variables.replaceIn(value, file.toString()));
                    String pid = name.substring(0, name.lastIndexOf('.'));
                    result.computeIfAbsent(pid, key -> new TreeMap<>()).putAll(values);
                }
            }
            return result;
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Creates them. By reflection: the service's classes live in a bundle and stay replaceable there. */
    static void create(BundleContext context, Map<String, Map<String, Object>> configurations) {
        ServiceReference<?> reference = context.getServiceReference(SERVICE);
        if (reference == null) {
            throw new LaunchException(LaunchException.NOT_READY, "Configuration Admin did not come up");
        }
        Object admin = context.getService(reference);
        try {
            Class<?> type = Class.forName(SERVICE, false, admin.getClass().getClassLoader());
            for (Map.Entry<String, Map<String, Object>> one : configurations.entrySet()) {
                String[] pid = one.getKey().split("~", 2);
                Object configuration = pid.length == 1
                        ? type.getMethod("getConfiguration", String.class, String.class)
                                .invoke(admin, pid[0], ANY_LOCATION)
                        : type.getMethod("getFactoryConfiguration", String.class, String.class, String.class)
                                .invoke(admin, pid[0], pid[1], ANY_LOCATION);
                Class.forName("org.osgi.service.cm.Configuration", false, type.getClassLoader())
                        .getMethod("update", Dictionary.class)
                        .invoke(configuration, new Hashtable<>(one.getValue()));
            }
        } catch (InvocationTargetException e) {
            throw new LaunchException(
                    LaunchException.NOT_READY,
                    "a configuration was not taken: " + e.getCause().getMessage(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Configuration Admin is not the one we ship", e);
        } finally {
            context.ungetService(reference);
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        Map<String, Object> values = new TreeMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            if (file.toString().endsWith(".json")) {
                Hashtable<String, Object> read = org.apache.felix.cm.json.io.Configurations.buildReader()
                        .build(reader)
                        .readConfiguration();
                values.putAll(read);
            } else {
                Properties properties = new Properties();
                properties.load(reader);
                Collections.list(properties.propertyNames())
                        .forEach(key -> values.put((String) key, properties.getProperty((String) key)));
            }
            return values;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is broken: " + e.getMessage(), e);
        }
    }
}
