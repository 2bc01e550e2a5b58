package org.hmsach.ops.internal.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is done to single bundles of the framework, each step within a bound: the code of a module runs in it. */
public final class BundleRack implements AutoCloseable {
    private final BundleContext context;
    private final ThreadLocal<Boolean> installing = ThreadLocal.withInitial(() -> false);
    private final AtomicLong installed = new AtomicLong();
    private final LongPredicate serves;
    private final ServiceRegistration<CollisionHook> hook;

    /** Over the whole framework. @param serves whether callers use the bundle of that id */
    public BundleRack(BundleContext context, LongPredicate serves) {
        this.context = context;
        this.serves = serves;
        // two builds of one version may stand side by side when we put them there, and only then
        this.hook = context.registerService(CollisionHook.class, this::allow, null);
    }

    private void allow(int operation, Bundle target, Collection<Bundle> candidates) {
        if (installing.get()) {
            candidates.clear();
        }
    }

    @Override
    public void close() {
        hook.unregister();
    }

    /** The bundle of the name: of several the one that serves, then the newest; never what stands aside. */
    public Optional<Bundle> find(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .filter(bundle -> !isAside(bundle))
                .max(Comparator.comparing((Bundle bundle) -> serves.test(bundle.getBundleId()))
                        .thenComparing(bundle -> bundle.getState() == Bundle.ACTIVE)
                        .thenComparing(Bundle::getBundleId));
    }

    private boolean isAside(Bundle bundle) {
        return bundle.getLocation().startsWith(ModuleSwitch.BESIDE) && !serves.test(bundle.getBundleId());
    }

    /** Installs a jar so that it stands aside; it does not run yet. */
    public Bundle installBeside(StagedJar jar) throws BundleException, IOException {
        installing.set(true);
        try (InputStream in = Files.newInputStream(jar.path())) {
            // a location of its own each time: one and the same jar may serve, be looked at and be shadowed at once
            String location;
            do {
                location = ModuleSwitch.BESIDE + jar.name() + '@' + jar.digest() + '#' + installed.incrementAndGet();
            } while (context.getBundle(location) != null);
            return context.installBundle(location, in);
        } finally {
            installing.set(false);
        }
    }

    /** Whether all that the bundle needs is here. */
    public boolean resolves(Bundle bundle) {
        return wiring().resolveBundles(List.of(bundle));
    }

    /** Whether some bundle fulfils the requirement. */
    public boolean isGiven(BundleRequirement requirement) {
        return !wiring().findProviders(requirement).isEmpty();
    }

    /** All capabilities of a namespace that bundles declare. */
    public List<BundleCapability> given(String namespace) {
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream())
                .toList();
    }

    /** Bundles that are restarted when this one is refreshed, itself not counted. */
    public List<Bundle> others(Bundle bundle) {
        return wiring().getDependencyClosure(List.of(bundle)).stream()
                .filter(one -> one.getBundleId() != bundle.getBundleId())
                .toList();
    }

    /** Starts it; what its activator and its immediate components do is done when this returns. */
    public void start(Bundle bundle, Duration bound) throws BundleException, TimeoutException, InterruptedException {
        BundleStart.run(bundle, bound);
    }

    /**
     * Gives a bundle that runs its level: the framework sees to levels on a thread of its own, and reports an error
     * when it meets a bundle that is just starting.
     */
    public void setStartLevel(Bundle running, int level) {
        running.adapt(BundleStartLevel.class).setStartLevel(level);
    }

    /** Stops it. */
    public void stop(Bundle bundle, Duration bound) throws BundleException, TimeoutException, InterruptedException {
        run("stop of " + bundle, bound, () -> bundle.stop());
    }

    /** Takes it out, and its class loader with it; nothing else is refreshed. */
    public void remove(Bundle bundle, Duration bound) throws BundleException, TimeoutException, InterruptedException {
        run("removal of " + bundle, bound, () -> bundle.uninstall());
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
        if (!refreshed.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(bundle + " was not let go within " + bound.toMillis() + " ms");
        }
    }

    private interface Step {
        void run() throws BundleException;
    }

    private static void run(String what, Duration bound, Step step)
            throws BundleException, TimeoutException, InterruptedException {
        try {
            Bounded.run(what, bound, () -> {
                step.run();
                return true;
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException known) {
                throw known;
            }
            throw new BundleException(what + ": " + e.getCause(), e.getCause());
        }
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
