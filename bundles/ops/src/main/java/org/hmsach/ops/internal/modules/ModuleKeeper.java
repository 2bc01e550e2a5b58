package org.hmsach.ops.internal.modules;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.desired.DesiredFile;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
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
    private static final int MODULE_START_LEVEL = 60;

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** The data folder. */
        String data_dir();
    }

    private final BundleContext context;
    private final DesiredFile desired;
    private final Path load;
    private final LongPredicate serves;
    private final JarTrust trust;
    private final SynchronousBundleListener listener = this::changed;

    /** Begins to listen. */
    @Activate
    public ModuleKeeper(BundleContext context, Config config, @Reference ModuleSwitch moduleSwitch) {
        this(context, Path.of(config.data_dir()), moduleSwitch::serves);
    }

    ModuleKeeper(BundleContext context, Path data, LongPredicate serves) {
        this.context = context;
        this.serves = serves;
        this.desired = DesiredFile.at(data);
        this.load = data.resolve("load");
        this.trust = new JarTrust(context);
        context.addBundleListener(listener);
    }

    @Deactivate
    void close() {
        context.removeBundleListener(listener);
    }

    /** The desired set by symbolic name. */
    public Map<String, DesiredEntry> desired() {
        return desired.entries();
    }

    /** Whether what runs under the name lies in the load folder: it comes back at the next start by itself. */
    public boolean isLoaded(String name) {
        return find(name).map(bundle -> isDropped(bundle.getLocation())).orElse(false);
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
    public synchronized void forget(String name) {
        DesiredEntry entry = desired.entries().get(name);
        if (entry != null && !entry.shipped().isEmpty()) {
            desired.put(new DesiredEntry(
                    name, entry.version(), entry.digest(), entry.startLevel(), Origin.REMOVED, entry.shipped()));
        } else {
            desired.drop(name);
        }
        LOG.info("{} is not wanted any more", name);
    }

    private void changed(BundleEvent event) {
        Bundle bundle = event.getBundle();
        String location = bundle.getLocation();
        boolean came = event.getType() == BundleEvent.INSTALLED && !location.startsWith(ModuleSwitch.BESIDE);
        // what lies in the load folder is the operator's set already, and FileInstall's to install
        boolean changed = (came || event.getType() == BundleEvent.UPDATED) && !isDropped(location);
        // of two versions of this bundle side by side one writes
        if (changed && serves.test(context.getBundle().getBundleId())) {
            record(bundle);
        }
    }

    private boolean isDropped(String location) {
        return location.startsWith("file:") && Path.of(URI.create(location)).startsWith(load);
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
            desired.want(jar, MODULE_START_LEVEL);
        } catch (StagedJar.NotABundle | UncheckedIOException e) {
            LOG.error("{} cannot be kept for the next start", bundle, e);
        }
    }

    private Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing((Bundle bundle) -> serves.test(bundle.getBundleId())));
    }

    private static boolean isModule(Bundle bundle) {
        String capabilities = bundle.getHeaders("").get("Provide-Capability");
        return capabilities != null && capabilities.contains(org.hmsach.api.module.ModuleRegistry.NAMESPACE);
    }
}
