package org.hmsach.core.internal.service;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.api.module.PlugIns;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Names the plug-ins that misbehave, and what stopped ones left behind. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=plugins", HealthCheck.TAGS + "=plugins"})
public final class PlugInsHealth implements HealthCheck {
    private final PlugIns plugIns;

    /** Looks at these. */
    @Activate
    public PlugInsHealth(@Reference PlugIns plugIns) {
        this.plugIns = plugIns;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<PlugInStatus> all = plugIns.all();
        for (PlugInStatus one : all) {
            one.stuck().forEach(line -> log.critical("{} {} of {}: {}", one.spi(), one.name(), one.bundle(), line));
            if (one.breaker() == PlugInStatus.Breaker.OPEN) {
                log.critical("{} {} of {} is not called: {}", one.spi(), one.name(), one.bundle(), one.lastFailure());
            } else if (one.breaker() == PlugInStatus.Breaker.HALF_OPEN) {
                log.warn("{} {} of {} is tried again: {}", one.spi(), one.name(), one.bundle(), one.lastFailure());
            }
        }
        plugIns.leftovers().forEach(line -> log.warn("{}", line));
        log.info("{} plug-ins are guarded", all.size());
        return new Result(log);
    }
}
