package org.hmsach.itest.pax;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** A module as the container has it: its bundles, jars of its next versions, the class loaders that it had. */
final class Installed {
    private final BundleContext context;
    private final String name;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    Installed(BundleContext context, String name) {
        this.context = context;
        this.name = name;
    }

    List<Bundle> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .toList();
    }

    /** The bundle's own jar, as it was shipped. */
    InputStream jar() throws IOException {
        return URI.create(bundles().get(0).getLocation()).toURL().openStream();
    }

    /** Versions 1.0.1 and 1.0.2 of the shipped jar, in a folder of the module's own. */
    List<Path> versions(Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        List<Path> jars = new ArrayList<>();
        for (String version : List.of("1.0.1", "1.0.2")) {
            try (InputStream shipped = jar()) {
                jars.add(VersionedJar.of(shipped, version, own));
            }
        }
        return jars;
    }

    /** Keeps an eye on the class loader of the one bundle that is there now. */
    void watch() {
        loaders.add(
                new WeakReference<>(bundles().get(0).adapt(BundleWiring.class).getClassLoader()));
    }

    /** Waits until of all class loaders that were watched only the one of the bundle there now is alive. */
    void awaitOthersGone() throws Exception {
        Container.await(() -> alive() + " class loaders of " + name + " to become one", () -> {
            System.gc();
            return alive() <= 1;
        });
    }

    private long alive() {
        return loaders.stream().filter(one -> one.get() != null).count();
    }
}
