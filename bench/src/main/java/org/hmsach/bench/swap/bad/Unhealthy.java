package org.hmsach.bench.swap.bad;

import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Has a health check that is never content. */
public final class Unhealthy implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        HealthCheck check = () -> new Result(Result.Status.CRITICAL, "this version is not well");
        context.registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "bench.unhealthy")));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the check back
    }
}
