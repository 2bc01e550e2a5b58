package org.hmsach.ops.internal.swap;

import java.time.Duration;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.frame.BundleRack;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * What a swap works with.
 *
 * @param ready how long a version may take until it is ready
 */
record SwapTools(
        BundleRack rack,
        ModuleSwitch moduleSwitch,
        Readiness readiness,
        TrialOrders trials,
        CoreSeam core,
        Duration ready) {

    static SwapTools over(
            BundleContext context,
            ModuleSwitch moduleSwitch,
            ServiceComponentRuntime components,
            CoreSeam core,
            SwapSettings settings) {
        return new SwapTools(
                new BundleRack(context, moduleSwitch::serves),
                moduleSwitch,
                new Readiness(context, components, settings.answer()),
                new TrialOrders(context, core, settings.answer()),
                core,
                settings.ready());
    }
}
