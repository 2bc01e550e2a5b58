package org.hmsach.core.internal.guard;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.api.module.PlugIns;
import org.hmsach.core.internal.thread.OwnThreads;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The guards of this framework's modules: they begin anew when a bundle stops. */
@Component(
        service = {PlugIns.class, BundlePlugIns.class},
        immediate = true,
        configurationPid = "org.hmsach.core.plugins")
@Designate(ocd = BundlePlugIns.Config.class)
public final class BundlePlugIns implements PlugIns {
    private static final long LOOK_MS = 1_000;

    /** Settings. */
    @ObjectClassDefinition(name = "HMS-ACH plug-ins")
    public @interface Config {
        @AttributeDefinition(description = "calls of one plug-in at a time")
        int places() default 64;

        @AttributeDefinition(description = "how long a plug-in that failed too often is not called, milliseconds")
        long open_ms() default 5_000;

        @AttributeDefinition(description = "so long after its interrupt a call counts as stuck, milliseconds")
        long stuck_ms() default 5_000;
    }

    private final BundleContext context;
    private final Guards guards;
    private final Leftovers leftovers = new Leftovers(this::active);
    private final SynchronousBundleListener changes = this::onBundle;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(OwnThreads.named("hmsach-leftovers"));

    /** Begins to follow bundles. */
    @Activate
    public BundlePlugIns(BundleContext context, Config config) {
        this.context = context;
        this.guards = new Guards(
                new GuardSettings(
                        config.places(), Duration.ofMillis(config.open_ms()), Duration.ofMillis(config.stuck_ms())),
                this::name);
        context.addBundleListener(changes);
        clock.scheduleWithFixedDelay(leftovers::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(changes);
        clock.shutdownNow();
        guards.close();
    }

    /** The guards themselves, for seams in this bundle. */
    public Guards guards() {
        return guards;
    }

    @Override
    public PlugIn plugIn(String spi, String name, long bundleId) {
        return guards.guard(spi, name, bundleId);
    }

    @Override
    public List<PlugInStatus> all() {
        return guards.all();
    }

    @Override
    public List<String> leftovers() {
        return Stream.concat(guards.departed().stream(), leftovers.lines().stream())
                .toList();
    }

    @Override
    public Map<String, Integer> stoppedInMemory() {
        return leftovers.inMemory();
    }

    private void onBundle(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STOPPED) {
            guards.forget(bundle.getBundleId());
        } else if (event.getType() == BundleEvent.STOPPING && isModule(bundle)) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            leftovers.stopped(new Leftovers.Stopped(
                    bundle.getSymbolicName(),
                    bundle.getVersion().toString(),
                    new WeakReference<>(wiring.getClassLoader()),
                    classes(wiring),
                    System.nanoTime()));
        }
    }

    private static boolean isModule(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && !revision.getDeclaredCapabilities(ModuleRegistry.NAMESPACE).isEmpty()
                && bundle.adapt(BundleWiring.class) != null;
    }

    private Set<ClassLoader> active(String symbolicName) {
        int active = Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> (bundle.getState() & active) != 0)
                .flatMap(bundle -> Optional.ofNullable(bundle.adapt(BundleWiring.class)).stream())
                .map(BundleWiring::getClassLoader)
                .collect(Collectors.toSet());
    }

    private static Set<String> classes(BundleWiring wiring) {
        int where = BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE;
        return wiring.listResources("/", "*.class", where).stream()
                .map(path ->
                        path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String name(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        return bundle == null ? "bundle " + bundleId : bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }
}
