package org.hmsach.bench.swap.bad;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Is well until some seconds after its start: only a probation finds it. */
public final class Decaying implements BundleActivator {
    private static final long WELL_NANOS = TimeUnit.SECONDS.toNanos(4);

    @Override
    public void start(BundleContext context) {
        long end = System.nanoTime() + WELL_NANOS;
        HealthCheck check = () -> System.nanoTime() < end
                ? new Result(Result.Status.OK, "well")
                : new Result(Result.Status.CRITICAL, "this version is not well any more");
        context.registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "bench.decaying")));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the check back
    }
}
