package org.hmsach.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hmsach.trust.Digest;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.TrustOffice;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** One running framework with exactly the desired set in it. Tests start it inside their own process. */
public final class Platform implements AutoCloseable {
    /** Up to here only logging, Configuration Admin, DS: what configurations need, and nothing that reads one. */
    private static final int CONFIGURED_LEVEL = 10;

    /** How the location of each bundle of the desired set begins. */
    private static final String DESIRED = "hms:";

    private static final int LAST_LEVEL = 100;
    private static final long START_TIMEOUT_S = 120;
    private static final long STOP_TIMEOUT_MS = 60_000;

    private final DataFolder folder;
    private final Framework framework;
    private final TrustOffice office;
    private final Consumer<String> progress;
    private Optional<BundleGuard> guard = Optional.empty();
    private final Map<Long, String> errors = new ConcurrentHashMap<>();

    private Platform(DataFolder folder, Framework framework, TrustOffice office, Consumer<String> progress) {
        this.folder = folder;
        this.framework = framework;
        this.office = office;
        this.progress = progress;
    }

    /**
     * Starts a server and returns when all start levels are reached; {@link #inactive} then tells what did not start.
     *
     * @param progress receives a line before each longer step
     */
    public static Platform start(Settings settings, Consumer<String> progress) {
        FeatureSet features = FeatureSet.read(settings);
        DataFolder folder = DataFolder.open(settings.data());
        Platform platform = null;
        boolean started = false;
        try {
            new MemoryReports(folder.path(), Trust.shipped(settings)).settle().forEach(progress);
            platform = new Platform(folder, framework(settings, features), Trust.office(settings), progress);
            platform.run(settings, features);
            started = true;
            return platform;
        } catch (BundleException | IOException e) {
            throw new LaunchException(LaunchException.NOT_READY, "the framework did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(LaunchException.NOT_READY, "interrupted while starting", e);
        } finally {
            if (!started && platform != null) {
                platform.close();
            } else if (!started) {
                closeQuietly(folder);
            }
        }
    }

    /** Context of the system bundle. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Bundles of the desired set that are not active, each with the reason. */
    public List<String> inactive() {
        return idle(Platform::isDesired);
    }

    /** Other bundles that do not run, each with the reason: such as jars of the load folder that do not resolve. */
    public List<String> idleStrays() {
        return idle(bundle -> !isDesired(bundle));
    }

    private static boolean isDesired(Bundle bundle) {
        return bundle.getBundleId() == 0 || bundle.getLocation().startsWith(DESIRED);
    }

    private List<String> idle(Predicate<Bundle> asked) {
        List<String> result = new ArrayList<>();
        for (Bundle bundle : context().getBundles()) {
            boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
            int wanted = fragment ? Bundle.RESOLVED : Bundle.ACTIVE;
            if (asked.test(bundle) && bundle.getState() != wanted && !isRefused(bundle)) {
                result.add(bundle.getSymbolicName() + " " + bundle.getVersion() + ": " + reason(bundle));
            }
        }
        return result;
    }

    /** Bundles that are installed and may not run, because nobody whom the organisation trusts answers for them. */
    public List<String> refused() {
        return guard.map(BundleGuard::refused).orElse(List.of());
    }

    private boolean isRefused(Bundle bundle) {
        return guard.map(one -> !one.judgement(bundle).trusted()).orElse(false);
    }

    /** Waits until the framework has stopped, by whomever. */
    public void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops the framework, bundles in reverse order, and lets the data folder go. */
    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_TIMEOUT_MS);
        } catch (BundleException e) {
            throw new LaunchException(LaunchException.NOT_READY, "the framework did not stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guard.ifPresent(BundleGuard::close);
            closeQuietly(folder);
        }
    }

    private static Framework framework(Settings settings, FeatureSet features) throws IOException {
        Map<String, String> properties = new TreeMap<>(features.frameworkProperties());
        properties.putAll(settings.properties());
        properties.put(
                Constants.FRAMEWORK_STORAGE, settings.data().resolve("felix").toString());
        // the desired set decides, not what the last run (or a crash) left in the cache
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(CONFIGURED_LEVEL));
        properties.put("org.osgi.service.http.port", settings.properties().get("hms.port"));
        properties.put("org.apache.felix.http.host", settings.properties().get("hms.host"));
        // an extension of the framework would run without being resolved, and so without being judged
        System.setProperty("felix.extensions.disable", "true");
        // the log configuration reads its folder from here
        properties.forEach((name, value) -> {
            if (name.startsWith("hms.") || name.startsWith("org.ops4j.pax.logging.")) {
                System.setProperty(name, value);
            }
        });
        return ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
    }

    private void run(Settings settings, FeatureSet features) throws BundleException, IOException, InterruptedException {
        List<Planned> plan = plan(features);
        Map<String, Map<String, Object>> configurations = Configurations.withOverrides(features, settings);
        progress.accept("installing " + plan.size() + " bundles of " + String.join(", ", settings.features()));
        framework.init();
        context().addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
                errors.put(
                        event.getBundle().getBundleId(),
                        String.valueOf(event.getThrowable().getMessage()));
            }
        });
        BundleGuard trust = new BundleGuard(context(), office, settings.data().resolve("felix"), progress);
        guard = Optional.of(trust);
        List<Bundle> bundles = new ArrayList<>();
        for (Planned one : plan) {
            Bundle bundle = install(one);
            trust.vouch(bundle, one.judgement());
            bundle.adapt(BundleStartLevel.class).setStartLevel(one.entry().startLevel());
            bundles.add(bundle);
        }
        trust.begin();
        BundleRepository repository = new BundleRepository(settings.data());
        context()
                .registerService(
                        Function.class,
                        (Function<Object, Map<String, String>>) repository::describe,
                        new Hashtable<>(Map.of("hms.service", "repository")));
        for (Bundle bundle : bundles) {
            if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0) {
                bundle.start();
            }
        }
        progress.accept("starting");
        framework.start();
        if (!configurations.isEmpty()) {
            Configurations.create(context(), configurations);
        }
        raiseStartLevel();
    }

    /** What is installed are the very bytes that were judged. */
    private Bundle install(Planned one) throws BundleException, IOException {
        MessageDigest digest = Digest.sha256();
        try (InputStream jar = new DigestInputStream(Files.newInputStream(one.jar()), digest)) {
            Bundle bundle = context().installBundle(DESIRED + one.entry().name(), jar);
            if (!HexFormat.of()
                    .formatHex(digest.digest())
                    .equals(one.judgement().digest())) {
                throw new LaunchException(LaunchException.USAGE, one.jar() + " was changed while the server started");
            }
            return bundle;
        }
    }

    private void raiseStartLevel() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(LAST_LEVEL, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.countDown();
            }
        });
        if (!reached.await(START_TIMEOUT_S, TimeUnit.SECONDS)) {
            int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
            throw new LaunchException(
                    LaunchException.NOT_READY,
                    "still at start level " + level + " after " + START_TIMEOUT_S + " s; not active: " + inactive());
        }
    }

    private record Planned(DesiredSet.Entry entry, Path jar, Judgement judgement) {}

    private List<Planned> plan(FeatureSet features) {
        Path data = folder.path();
        List<DesiredSet.Shipped> shipped = DesiredSet.shipped(features);
        Set<Path> own = features.bundles().stream()
                .filter(FeatureSet.Item::own)
                .map(FeatureSet.Item::file)
                .collect(Collectors.toSet());
        Map<String, Path> shippedJars = new TreeMap<>();
        shipped.forEach(one -> shippedJars.put(one.file().name(), one.file().path()));
        List<DesiredSet.Entry> entries = DesiredSet.reconcile(shipped, DesiredSet.load(data));
        List<Planned> plan = new ArrayList<>();
        List<BundleFile> keep = new ArrayList<>();
        shipped.stream()
                .map(DesiredSet.Shipped::file)
                .filter(file -> file.name().startsWith("org.hmsach.") || own.contains(file.path()))
                .forEach(keep::add);
        for (DesiredSet.Entry entry : entries) {
            boolean operators = entry.origin() == DesiredSet.Origin.OPERATOR;
            // an update of a bundle whose feature is not chosen is kept for the day it is chosen again
            boolean chosen = entry.shipped().isEmpty() || shippedJars.containsKey(entry.name());
            Path jar = operators ? DesiredSet.operatorJar(data, entry) : shippedJars.get(entry.name());
            if (operators) {
                keep.add(new BundleFile(entry.name(), entry.version(), entry.digest(), jar));
            }
            if (chosen && entry.origin() != DesiredSet.Origin.REMOVED) {
                Judgement judgement = office.judge(jar, entry.digest());
                if (!operators && !own.contains(jar)) {
                    Trust.expectShipped(entry, jar, judgement);
                }
                plan.add(new Planned(entry, jar, judgement));
            }
        }
        folder.keepJars(
                keep, entries.stream().flatMap(entry -> entry.back().stream()).toList());
        DesiredSet.save(data, entries);
        return plan;
    }

    private String reason(Bundle bundle) {
        try {
            bundle.start();
            return bundle.getState() == Bundle.ACTIVE ? "started late" : errors.getOrDefault(bundle.getBundleId(), "?");
        } catch (BundleException | IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void closeQuietly(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            System.err.println("cannot close " + folder.path() + ": " + e.getMessage());
        }
    }
}
