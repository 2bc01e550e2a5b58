package org.hmsach.core.internal.service;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.Position;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the core takes commands, and whether orders are checked at all. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=core", HealthCheck.TAGS + "=core", HealthCheck.TAGS + "=ready"})
public final class CoreHealth implements HealthCheck {
    private final CoreEngine engine;
    private final BundleContext bundle;

    /** Looks at this engine. */
    @Activate
    public CoreHealth(@Reference CoreEngine engine, BundleContext bundle) {
        this.engine = engine;
        this.bundle = bundle;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        engine.core().ifPresentOrElse(core -> look(core, log), () -> sayNotRunning(log));
        return new Result(log);
    }

    private void sayNotRunning(FormattingResultLog log) {
        if (engine.state().startsWith("failed")) {
            log.critical("The core {}", engine.state());
        } else {
            log.temporarilyUnavailable("The core is {}", engine.state());
        }
    }

    private void look(Core core, FormattingResultLog log) {
        if (bundle.getServiceReference(CoreControl.class) == null) {
            // the last of the core's services; they come one after the other once the log is open
            log.temporarilyUnavailable("The core's services are on their way");
        }
        Condition condition = core.condition();
        switch (condition.state()) {
            case OPEN -> {
                Position position = core.log().position();
                log.info("Log open at entry {}, event {}", position.entry(), position.event());
            }
            case STARTING, NO_SPACE -> log.temporarilyUnavailable("Log {}: {}", condition.state(), condition.detail());
            case BROKEN, FAILED, CLOSED -> log.critical("Log {}: {}", condition.state(), condition.detail());
        }
        if (core.views().rules().requiredRules().isEmpty()) {
            log.warn("No rule is required: orders go unchecked");
        }
    }
}
