package org.hmsach.ops.internal.modules;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongPredicate;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.LoadFolder;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.InstalledJar;
import org.hmsach.ops.internal.frame.JarTrust;
import org.hmsach.ops.internal.swap.Fixed;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.Removal;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the desired set true to the plain ways: an update or installation in the framework's console, the Web Console
 * or by a file is written into it. A swap writes for itself, when the new version has proved itself.
 */
@Component(
        service = ModuleKeeper.class,
        immediate = true,
        configurationPid = "org.hmsach.ops",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ModuleKeeper implements Removal {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleKeeper.class);

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** The data folder. */
        String data_dir();
    }

    private final BundleContext context;
    private final DesiredFile desired;
    private final LoadFolder load;
    /** Bundles that came by a plain way and did not run yet. */
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();

    private final LongPredicate serves;
    private final JarTrust trust;
    private final SynchronousBundleListener listener = this::changed;
    /** Reading and forcing files takes time that the callers of a module being updated would wait, too. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "hms-module-keeper");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to listen. */
    @Activate
    public ModuleKeeper(BundleContext context, Config config, @Reference ModuleSwitch moduleSwitch) {
        this(context, Path.of(config.data_dir()), moduleSwitch::serves);
    }

    ModuleKeeper(BundleContext context, Path data, LongPredicate serves) {
        this.context = context;
        this.serves = serves;
        this.desired = DesiredFile.at(data);
        this.load = new LoadFolder(data);
        this.trust = new JarTrust(context);
        // what was installed before this version of ops came, and was never started
        Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED)
                .forEach(bundle -> came(bundle, isPlain(bundle.getLocation())));
        context.addBundleListener(listener);
    }

    /** Stays as it is, and so does what it knows: the data folder is the same until the next start. */
    @Modified
    void modified(Config config) {
        LOG.debug("keeps on with {}", config.data_dir());
    }

    /** Returns when all that ran is written. */
    @Deactivate
    void close() {
        context.removeBundleListener(listener);
        awaitWritten();
        writer.shutdown();
    }

    private void awaitWritten() {
        write(() -> {}).join();
    }

    private CompletableFuture<Void> write(Runnable what) {
        try {
            return CompletableFuture.runAsync(what, writer);
        } catch (RejectedExecutionException closed) { // all before it is written, and this comes late
            what.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** The desired set by symbolic name, with all that ran until now. */
    public Map<String, DesiredEntry> desired() {
        awaitWritten();
        return desired.entries();
    }

    /** Whether what runs under the name lies in the load folder: it comes back at the next start by itself. */
    public boolean isLoaded(String name) {
        return find(name).map(bundle -> load.holds(bundle.getLocation())).orElse(false);
    }

    @Override
    public void requireRemovable(String name) throws Refused {
        if (Fixed.stays(name)) {
            throw new Refused(name + " is part of the platform and cannot be removed");
        }
        Bundle bundle = find(name).orElseThrow(() -> new Refused("no bundle has the symbolic name " + name));
        if (!name.startsWith("org.hmsach.") && !isModule(bundle)) {
            throw new Refused(name + " is a library and not a module");
        }
    }

    @Override
    public void forget(String name) {
        awaitWritten();
        desired.remove(name);
        LOG.info("{} is not wanted any more", name);
    }

    private void changed(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> came(bundle, !bundle.getLocation().startsWith(ModuleSwitch.BESIDE));
            case BundleEvent.UPDATED -> came(bundle, true);
            case BundleEvent.STARTED -> ran(bundle);
            case BundleEvent.RESOLVED -> {
                if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
                    ran(bundle);
                }
            }
            case BundleEvent.UNINSTALLED -> went(bundle);
            default -> {
                // nothing that the next start must know
            }
        }
    }

    /** Neither a swap nor the launcher put it there. */
    private static boolean isPlain(String location) {
        return !location.startsWith(ModuleSwitch.BESIDE) && !location.startsWith("hms:");
    }

    private void came(Bundle bundle, boolean byPlainWay) {
        // what lies in the load folder is the operator's set already, and FileInstall's to install
        if (byPlainWay && !load.holds(bundle.getLocation())) {
            waiting.add(bundle.getBundleId());
        }
    }

    /** What never ran is not wanted: the next start would end with it. */
    private void ran(Bundle bundle) {
        if (waiting.remove(bundle.getBundleId()) && writes()) {
            write(() -> record(bundle));
        }
    }

    /** An operator's own that was uninstalled by a plain way goes; what ships comes back at the next start. */
    private void went(Bundle bundle) {
        waiting.remove(bundle.getBundleId());
        awaitWritten(); // its jar goes after this event
        String name = bundle.getSymbolicName();
        boolean last = name != null && find(name).isEmpty();
        if (last && writes() && !load.holds(bundle.getLocation())) {
            Optional.ofNullable(desired().get(name))
                    .filter(entry ->
                            entry.origin() == Origin.OPERATOR && entry.shipped().isEmpty())
                    .filter(entry -> ranFrom(bundle, entry.digest()))
                    .ifPresent(entry -> desired.drop(name));
        }
    }

    private boolean ranFrom(Bundle bundle, String digest) {
        try {
            Optional<Path> jar = InstalledJar.of(context, bundle);
            return jar.isPresent() && StagedJar.read(jar.get()).digest().equals(digest);
        } catch (StagedJar.NotABundle | UncheckedIOException e) {
            LOG.warn("it is not known what {} ran from, so its jar stays wanted", bundle, e);
            return false;
        }
    }

    /** Of two versions of this bundle side by side one writes. */
    private boolean writes() {
        return serves.test(context.getBundle().getBundleId());
    }

    private void record(Bundle bundle) {
        JarTrust.Answer answer = trust.of(bundle);
        if (!answer.trusted()) {
            LOG.error("{} is refused and not kept: {}", bundle, answer.reason());
            return;
        }
        Optional<Path> path = InstalledJar.of(context, bundle);
        if (path.isEmpty()) {
            LOG.warn("{} cannot be kept for the next start: its jar is not in the cache", bundle);
            return;
        }
        try {
            StagedJar jar = StagedJar.read(path.get());
            desired.keep(jar.path(), jar.digest());
            desired.want(jar);
        } catch (StagedJar.NotABundle | RuntimeException e) { // nobody else would hear of it
            LOG.error("{} cannot be kept for the next start", bundle, e);
        }
    }

    private Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing((Bundle bundle) -> serves.test(bundle.getBundleId())));
    }

    private static boolean isModule(Bundle bundle) {
        String capabilities = bundle.getHeaders("").get("Provide-Capability");
        return capabilities != null && capabilities.contains(org.hmsach.api.module.ModuleRegistry.NAMESPACE);
    }
}
