package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles in a framework that never starts: the very resolver of a server, and nothing of theirs runs. */
public final class Resolution implements AutoCloseable {
    private static final long STOP_TIMEOUT_MS = 10_000;

    private final Path storage;
    private final Framework framework;
    private final Map<Path, Bundle> bundles = new LinkedHashMap<>();

    private Resolution(Path storage, Framework framework) {
        this.storage = storage;
        this.framework = framework;
    }

    /** Installs the bundles of features. */
    public static Resolution of(FeatureSet features) {
        try {
            Path storage = Files.createTempDirectory("hms-resolve");
            Map<String, String> properties = new TreeMap<>(features.frameworkProperties());
            properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
            // several features may be looked at together that a server would never run together
            properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
            properties.put("felix.log.level", "0"); // what does not fit is told by missing()
            Framework framework = ServiceLoader.load(FrameworkFactory.class)
                    .findFirst()
                    .orElseThrow()
                    .newFramework(properties);
            Resolution resolution = new Resolution(storage, framework);
            resolution.install(features);
            return resolution;
        } catch (BundleException | IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot resolve: " + e.getMessage(), e);
        }
    }

    private void install(FeatureSet features) throws BundleException {
        boolean done = false;
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            for (FeatureSet.Item item : features.bundles()) {
                // read in place: a copy of each would take longer than all the rest
                bundles.put(
                        item.file(),
                        context.installBundle("reference:" + item.file().toUri()));
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** What keeps bundles from resolving, in the resolver's words; empty when all fit. */
    public List<String> missing() {
        List<String> twins = twins();
        if (!twins.isEmpty()) {
            return twins;
        }
        if (framework.adapt(FrameworkWiring.class).resolveBundles(bundles.values())) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        for (Bundle bundle : bundles.values()) {
            if (bundle.getState() == Bundle.INSTALLED) {
                missing.add(bundle.getSymbolicName() + " " + bundle.getVersion() + ": " + why(bundle));
            }
        }
        return missing;
    }

    private List<String> twins() {
        Map<String, List<String>> versions = new TreeMap<>();
        bundles.values().forEach(bundle -> versions.computeIfAbsent(bundle.getSymbolicName(), name -> new ArrayList<>())
                .add(bundle.getVersion().toString()));
        return versions.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> one.getKey() + " is there more than once, a server runs one of them: " + one.getValue())
                .toList();
    }

    Bundle bundle(Path file) {
        return bundles.get(file);
    }

    Bundle framework() {
        return framework;
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_TIMEOUT_MS);
            try (Stream<Path> files = Files.walk(storage)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (BundleException | IOException e) {
            throw new LaunchException(LaunchException.USAGE, storage + " stays behind: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asking for a class is the one way to hear the resolver without starting anything. */
    private static String why(Bundle bundle) {
        try {
            bundle.loadClass("none");
            return "?";
        } catch (ClassNotFoundException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return String.valueOf(cause.getMessage());
        }
    }
}
