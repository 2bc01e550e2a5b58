package org.hmsach.ops.internal.swap;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleContext;

/** Engines for frameworks without a component runtime and without a core. */
final class TestEngine {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestEngine() {}

    static SwapEngine in(BundleContext context, Path data, OneServes moduleSwitch) {
        return in(context, new SwapSettings(data, PATIENCE, PATIENCE, PATIENCE), moduleSwitch);
    }

    static SwapEngine in(BundleContext context, SwapSettings settings, OneServes moduleSwitch) {
        return new SwapEngine(context, settings, moduleSwitch, new NoComponents(), new CoreSeam());
    }
}
