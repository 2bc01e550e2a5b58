package org.hmsach.ops.internal.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes which bundles run, and writes every change into the desired set, whichever way it came: by us, by the
 * framework's console, the Web Console or a file dropped into the load folder.
 */
@Component(
        service = ModuleInstaller.class,
        immediate = true,
        configurationPid = "org.hmsach.ops",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ModuleInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleInstaller.class);
    private static final String LOCATION = "hms:";
    private static final int MODULE_START_LEVEL = 60;

    /** Others are wired to their packages, they hold the log, or they carry this very request. */
    private static final Map<String, String> FIXED = Map.of(
            "org.hmsach.api", "by a restart with a new distribution only",
            "org.hmsach.spi.gov", "by a restart with a new distribution only",
            "org.hmsach.spi.mkt", "by a restart with a new distribution only",
            "org.hmsach.spi.mfe", "by a restart with a new distribution only",
            "org.hmsach.core", "by a restart with a new distribution only",
            "org.hmsach.ops", "by a restart with a new distribution only",
            "org.hmsach.gateway",
                    "in the framework's console, the Web Console or the load folder: it carries this request");
    /** Without them nobody could ask for them back. */
    private static final List<String> KEPT = List.of("org.hmsach.store", "org.hmsach.identity", "org.hmsach.extender");

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** The data folder. */
        String data_dir();
    }

    /** An update, addition or removal that was not done; the message says why and what runs now. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final BundleContext context;
    private final DesiredFile desired;
    private final Path temporary;
    private final Path load;
    private final SynchronousBundleListener listener = this::changed;

    @Activate
    public ModuleInstaller(BundleContext context, Config config) {
        this(context, Path.of(config.data_dir()));
    }

    ModuleInstaller(BundleContext context, Path data) {
        this.context = context;
        this.desired = new DesiredFile(data);
        this.temporary = data.resolve("tmp");
        this.load = data.resolve("load");
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

    /** Updates the bundle of the same name, or installs and starts it; on failure the old one comes back. */
    public synchronized StagedJar install(InputStream body) throws Refused {
        Path staged = null;
        try {
            Files.createDirectories(temporary);
            staged = Files.createTempFile(temporary, "staged-", ".jar");
            Files.copy(body, staged, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            StagedJar jar = StagedJar.read(staged);
            if (FIXED.containsKey(jar.name())) {
                throw new Refused(jar.name() + " is replaced " + FIXED.get(jar.name()), null);
            }
            Optional<Bundle> installed = find(jar.name());
            if (installed.isPresent()) {
                update(installed.get(), jar);
            } else {
                add(jar);
            }
            return jar;
        } catch (StagedJar.NotABundle e) {
            throw new Refused(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stage a jar in " + temporary, e);
        } finally {
            delete(staged);
        }
    }

    /** Stops and uninstalls a bundle and keeps it away at the next start. False when there is none of that name. */
    public synchronized boolean remove(String name) throws Refused {
        if (FIXED.containsKey(name) || KEPT.contains(name)) {
            throw new Refused(name + " is part of the platform and cannot be removed", null);
        }
        Optional<Bundle> bundle = find(name);
        if (bundle.isEmpty()) {
            return false;
        }
        if (!name.startsWith("org.hmsach.") && !isModule(bundle.get())) {
            throw new Refused(name + " is a library and not a module", null);
        }
        DesiredEntry entry = desired.entries().get(name);
        try {
            bundle.get().uninstall();
        } catch (BundleException e) {
            throw new Refused(name + " was not removed: " + e.getMessage(), e);
        }
        if (entry != null && !entry.shipped().isEmpty()) {
            desired.put(new DesiredEntry(
                    name, entry.version(), entry.digest(), entry.startLevel(), Origin.REMOVED, entry.shipped()));
        } else {
            desired.drop(name);
        }
        LOG.info("removed {}", name);
        return true;
    }

    private void update(Bundle bundle, StagedJar jar) throws Refused {
        Optional<Path> old = keep(bundle); // the framework drops the old jar as soon as the new one is in
        try {
            swap(bundle, jar.path());
            LOG.info("updated {} to {} {}", jar.name(), jar.version(), jar.digest());
        } catch (BundleException | IOException e) {
            String why = jar.name() + " " + jar.version() + " does not start: " + e.getMessage();
            if (old.isEmpty()) {
                throw new Refused(why + "; the old jar is not there any more", e);
            }
            try {
                swap(bundle, old.get());
            } catch (BundleException | IOException second) {
                second.addSuppressed(e);
                throw new Refused(why + "; and the old one does not come back: " + second.getMessage(), second);
            }
            throw new Refused(why + "; the old one is back", e);
        }
    }

    private Optional<Path> keep(Bundle bundle) {
        Optional<Path> path = InstalledJar.of(context, bundle);
        if (path.isEmpty()) {
            return path;
        }
        try {
            StagedJar jar = StagedJar.read(path.get());
            desired.keep(jar.path(), jar.digest());
            return desired.jar(jar.digest());
        } catch (StagedJar.NotABundle e) {
            throw new IllegalStateException(bundle + " runs from a jar that is no bundle", e);
        }
    }

    private static void swap(Bundle bundle, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        }
        bundle.start(); // update only logs when the new one does not start
    }

    private void add(StagedJar jar) throws Refused {
        Bundle bundle = null;
        try (InputStream in = Files.newInputStream(jar.path())) {
            bundle = context.installBundle(LOCATION + jar.name(), in);
            bundle.adapt(BundleStartLevel.class).setStartLevel(MODULE_START_LEVEL);
            bundle.start();
            LOG.info("installed {} {} {}", jar.name(), jar.version(), jar.digest());
        } catch (BundleException | IOException e) {
            uninstall(bundle);
            throw new Refused(jar.name() + " " + jar.version() + " does not start: " + e.getMessage(), e);
        }
    }

    private void uninstall(Bundle bundle) {
        if (bundle == null) {
            return;
        }
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            LOG.warn("{} stays installed but does not run", bundle, e);
        }
        desired.drop(bundle.getSymbolicName());
    }

    private void changed(BundleEvent event) {
        Bundle bundle = event.getBundle();
        boolean ours = event.getType() == BundleEvent.INSTALLED || event.getType() == BundleEvent.UPDATED;
        // what lies in the load folder is the operator's set already, and FileInstall's to install
        if (ours && !isDropped(bundle)) {
            record(bundle);
        }
    }

    private boolean isDropped(Bundle bundle) {
        String location = bundle.getLocation();
        return location.startsWith("file:") && Path.of(URI.create(location)).startsWith(load);
    }

    private void record(Bundle bundle) {
        Optional<Path> path = InstalledJar.of(context, bundle);
        if (path.isEmpty()) {
            LOG.warn("{} cannot be kept for the next start: its jar is not in the cache", bundle);
            return;
        }
        try {
            StagedJar jar = StagedJar.read(path.get());
            DesiredEntry before = desired.entries().get(jar.name());
            String shipped = before == null ? "" : before.shipped();
            boolean asShipped = jar.digest().equals(shipped);
            int level = before == null ? MODULE_START_LEVEL : before.startLevel();
            desired.keep(jar.path(), jar.digest());
            desired.put(new DesiredEntry(
                    jar.name(),
                    jar.version(),
                    jar.digest(),
                    level,
                    asShipped ? Origin.FEATURE : Origin.OPERATOR,
                    shipped));
        } catch (StagedJar.NotABundle | UncheckedIOException e) {
            LOG.error("{} cannot be kept for the next start", bundle, e);
        }
    }

    private Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    private static boolean isModule(Bundle bundle) {
        String capabilities = bundle.getHeaders("").get("Provide-Capability");
        return capabilities != null && capabilities.contains(org.hmsach.api.module.ModuleRegistry.NAMESPACE);
    }

    private static void delete(Path staged) {
        try {
            if (staged != null) {
                Files.deleteIfExists(staged);
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind", staged, e);
        }
    }
}
