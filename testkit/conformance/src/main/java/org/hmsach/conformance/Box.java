package org.hmsach.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework with the contracts, the component runtime, and the bundle that is looked at. */
final class Box implements AutoCloseable {
    private static final long STOP_MS = 10_000;
    private static final List<String> RUNTIME = List.of(
            "org.osgi.util.function.Function",
            "org.osgi.util.promise.Promise",
            "org.osgi.service.component.ComponentContext",
            "org.apache.felix.cm.impl.ConfigurationManager",
            "org.apache.felix.scr.impl.Activator");

    /** One service of a contract. */
    record Offer(ServiceReference<?> reference, Exercise exercise) {}

    private final Framework framework;
    private final Path file;
    private final Path storage;
    private final Bundle bundle;

    private Box(Framework framework, Path file, Path storage) throws BundleException, IOException {
        this.framework = framework;
        this.file = file;
        this.storage = storage;
        this.bundle = install(file);
    }

    static Box open(Path file) throws BundleException, IOException, InterruptedException {
        Path storage = Files.createTempDirectory("hms-conformance");
        String contracts = Contracts.packages().entrySet().stream()
                .map(one -> one.getKey() + ";version=\"" + one.getValue() + "\"")
                .collect(Collectors.joining(","));
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        contracts + ",org.slf4j;version=\"2.0.17\"",
                        "felix.log.level",
                        "0"));
        framework.start();
        try {
            for (String one : RUNTIME) {
                Path jar = Contracts.place(Class.forName(one, false, Box.class.getClassLoader()));
                framework
                        .getBundleContext()
                        .installBundle(jar.toUri().toString())
                        .start();
            }
            return new Box(framework, file, storage);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the run's own class path is not whole", e);
        } catch (BundleException e) {
            framework.stop();
            framework.waitForStop(STOP_MS);
            throw e;
        }
    }

    private Bundle install(Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return framework.getBundleContext().installBundle("conformance:" + jar.getFileName(), in);
        }
    }

    Bundle bundle() {
        return bundle;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** The bundle's services of contracts that we know how to exercise. */
    List<Offer> offers() {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        List<Offer> offers = new ArrayList<>();
        for (ServiceReference<?> one : registered == null ? new ServiceReference<?>[0] : registered) {
            List<String> types = List.of((String[]) one.getProperty(Constants.OBJECTCLASS));
            Exercises.ALL.stream()
                    .filter(exercise -> types.contains(exercise.spi().getName()))
                    .forEach(exercise -> offers.add(new Offer(one, exercise)));
        }
        return offers;
    }

    /** The bundle anew from its file; what it was before is let go. */
    void update() throws BundleException, IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            bundle.update(in);
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(STOP_MS, TimeUnit.MILLISECONDS)) {
            throw new BundleException("the bundle was not refreshed within " + STOP_MS + " ms");
        }
    }

    @Override
    public void close() throws BundleException, InterruptedException, IOException {
        framework.stop();
        framework.waitForStop(STOP_MS);
        try (Stream<Path> all = Files.walk(storage)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
