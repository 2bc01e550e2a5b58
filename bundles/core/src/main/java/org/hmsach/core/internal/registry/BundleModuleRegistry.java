package org.hmsach.core.internal.registry;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleStatus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/** Follows the bundles that declare a module in their manifest. */
@Component(service = ModuleRegistry.class, immediate = true, configurationPid = "org.hmsach.core.registry")
@Designate(ocd = BundleModuleRegistry.Config.class)
public final class BundleModuleRegistry implements ModuleRegistry {
    private static final int ALL_STATES =
            Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    /** Settings. */
    @ObjectClassDefinition(name = "HMS-ACH module registry")
    public @interface Config {
        @AttributeDefinition(description = "how long a module that went away counts as being replaced, milliseconds")
        long park_ms() default 10_000;
    }

    private final ModuleTable table;
    private final BundleTracker<Bundle> tracker;
    private final FrameworkListener errors;
    private final BundleContext context;

    /** Begins to follow. */
    @Activate
    public BundleModuleRegistry(BundleContext context, Config config, @Reference BundleSwitch moduleSwitch) {
        this.context = context;
        this.table = new ModuleTable(config.park_ms(), System::currentTimeMillis, moduleSwitch::serves);
        this.errors = this::onFrameworkEvent;
        context.addFrameworkListener(errors);
        this.tracker = new BundleTracker<>(context, ALL_STATES, new Following());
        tracker.open();
    }

    private final class Following implements BundleTrackerCustomizer<Bundle> {
        @Override
        public Bundle addingBundle(Bundle bundle, BundleEvent event) {
            return look(bundle, event) ? bundle : null;
        }

        @Override
        public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
            look(bundle, event);
        }

        @Override
        public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
            table.remove(bundle.getBundleId());
        }
    }

    private boolean look(Bundle bundle, BundleEvent event) {
        List<BundleModules.Declared> declared = BundleModules.of(bundle);
        if (declared.isEmpty()) {
            return false;
        }
        boolean newJar = event == null
                || event.getType() == BundleEvent.INSTALLED
                || event.getType() == BundleEvent.UPDATED
                || event.getType() == BundleEvent.RESOLVED;
        String digest = newJar || bundle.getState() == Bundle.ACTIVE ? BundleDigest.of(bundle) : "";
        table.put(new ModuleTable.Row(
                bundle.getBundleId(),
                declared.get(0),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                kind(bundle),
                digest,
                System.currentTimeMillis(),
                ""));
        return true;
    }

    private static ModuleTable.BundleKind kind(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> ModuleTable.BundleKind.ACTIVE;
            case Bundle.STARTING -> ModuleTable.BundleKind.STARTING;
            default -> ModuleTable.BundleKind.STOPPED;
        };
    }

    private void onFrameworkEvent(FrameworkEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == FrameworkEvent.ERROR
                && bundle != null
                && bundle.adapt(BundleRevision.class) != null
                && event.getThrowable() != null) {
            table.error(bundle.getBundleId(), event.getThrowable().toString());
        }
    }

    @Override
    public List<ModuleStatus> modules() {
        return table.all();
    }

    @Override
    public Optional<ModuleStatus> module(String name) {
        return table.one(name);
    }

    @Deactivate
    void stop() {
        tracker.close();
        context.removeFrameworkListener(errors);
    }
}
