package org.hmsach.ops.internal.health;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.ops.internal.frame.JarTrust;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Yellow while everything may run, and while bundles are here that may not. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=ops.trust", HealthCheck.TAGS + "=components"})
public final class TrustCheck implements HealthCheck {
    private final BundleContext context;
    private final JarTrust trust;

    /** Over the whole framework. */
    @Activate
    public TrustCheck(BundleContext context) {
        this.context = context;
        this.trust = new JarTrust(context);
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        JarTrust.Answer own = trust.of(context.getBundle());
        if (own.mode().equals("off")) {
            log.warn("trust is off: every bundle runs, signed or not; for development only");
        }
        List<Bundle> refused = trust.refused();
        refused.forEach(
                one -> log.warn("{} is not trusted: {}", one, trust.of(one).reason()));
        if (refused.isEmpty()) {
            log.info("no bundle is refused");
        }
        return new Result(log);
    }
}
