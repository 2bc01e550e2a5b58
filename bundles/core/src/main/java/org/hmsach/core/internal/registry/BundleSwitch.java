package org.hmsach.core.internal.registry;

import java.util.Arrays;
import java.util.List;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.SwitchListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a gate for each bundle of the framework. */
@Component(
        service = {ModuleSwitch.class, BundleSwitch.class},
        immediate = true)
public final class BundleSwitch implements ModuleSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(BundleSwitch.class);

    private final Gates gates = new Gates();
    private final BundleContext context;
    private final SynchronousBundleListener changes = this::onBundle;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<SwitchListener> listeners = List.of();

    /** Begins with what is installed: a bundle beside that is the only active one of its name serves. */
    @Activate
    public BundleSwitch(BundleContext context) {
        this.context = context;
        context.addBundleListener(changes);
        Bundle[] present = context.getBundles();
        Arrays.stream(present).forEach(this::put);
        Arrays.stream(present)
                .filter(bundle -> !gates.serves(bundle.getBundleId()) && isAlone(bundle, present))
                .forEach(bundle -> gates.serve(bundle.getBundleId()));
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(changes);
    }

    /** The gates themselves, for seams in this bundle. */
    Gates gates() {
        return gates;
    }

    @Override
    public boolean serves(long bundleId) {
        return gates.serves(bundleId);
    }

    @Override
    public void serve(long bundleId) {
        gates.serve(bundleId);
        for (SwitchListener listener : listeners) {
            try {
                listener.switched();
            } catch (RuntimeException | LinkageError e) { // a module's own code
                LOG.error("{} did not follow a switch", listener.getClass().getName(), e);
            }
        }
    }

    @Override
    public boolean enter(long bundleId) {
        return gates.enter(bundleId);
    }

    @Override
    public void leave(long bundleId) {
        gates.leave(bundleId);
    }

    @Override
    public long inFlight(long bundleId) {
        return gates.inFlight(bundleId);
    }

    private void onBundle(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            gates.remove(event.getBundle().getBundleId());
        } else if (event.getType() == BundleEvent.INSTALLED) {
            put(event.getBundle());
        }
    }

    private void put(Bundle bundle) {
        String name = bundle.getSymbolicName();
        gates.put(bundle.getBundleId(), name == null ? "" : name, bundle.getLocation());
    }

    private static boolean isAlone(Bundle bundle, Bundle[] present) {
        return Arrays.stream(present)
                .filter(other -> other.getState() == Bundle.ACTIVE)
                .filter(other -> other.getSymbolicName() != null)
                .filter(other -> other.getSymbolicName().equals(bundle.getSymbolicName()))
                .allMatch(other -> other.getBundleId() == bundle.getBundleId());
    }
}
