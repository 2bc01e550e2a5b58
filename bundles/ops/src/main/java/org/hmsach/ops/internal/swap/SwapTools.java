package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.state.States;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a swap works with.
 *
 * @param settings how long a version that comes may take; read anew each time
 */
record SwapTools(
        BundleRack rack,
        ModuleSwitch moduleSwitch,
        Readiness readiness,
        TrialOrders trials,
        CoreSeam core,
        States states,
        Supplier<SwapSettings> settings) {
    /** Longest stop, and longest removal. */
    static final Duration STEP = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SwapTools.class);

    static SwapTools over(
            BundleContext context,
            ModuleSwitch moduleSwitch,
            ServiceComponentRuntime components,
            CoreSeam core,
            Supplier<SwapSettings> settings) {
        return new SwapTools(
                new BundleRack(context, moduleSwitch::serves),
                moduleSwitch,
                new Readiness(context, components, () -> settings.get().answer()),
                new TrialOrders(context, core, () -> settings.get().answer()),
                core,
                new States(context, () -> settings.get().transform()),
                settings);
    }

    /** How long a version may take until it is ready. */
    Duration ready() {
        return settings.get().ready();
    }

    /** Stops a bundle that nobody calls any more. */
    void stop(Bundle bundle) throws InterruptedException {
        try {
            rack.stop(bundle, STEP);
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} did not stop as it should; it is not called any more", bundle, e);
        }
    }

    /** Takes a bundle out and tells the operation what was let go. */
    void takeOut(Bundle bundle, Operation operation) {
        rack.others(bundle).forEach(other -> operation.refreshed(other.getSymbolicName()));
        operation.refreshed(bundle.toString());
        takeOut(bundle);
    }

    /** Takes a bundle out that nobody calls. */
    void takeOut(Bundle bundle) {
        try {
            rack.remove(bundle, STEP);
        } catch (BundleException | TimeoutException | IllegalStateException e) {
            LOG.warn("{} stays behind until the next start; it is not called", bundle, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
