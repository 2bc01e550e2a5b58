package org.hmsach.gateway.internal.show;

import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.gateway.internal.board.ActiveResources;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether everything that was offered to the gateway is served, and a version that stands aside answers. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=gateway.routes", "hc.tags=gateway"})
public final class RoutesCheck implements HealthCheck {
    private final ActiveResources active;

    @Activate
    public RoutesCheck(@Reference ActiveResources active) {
        this.active = active;
    }

    @Override
    public Result execute() {
        if (!active.isSettled()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "resources are being put in place");
        }
        List<String> troubles = active.troubles();
        return troubles.isEmpty()
                ? new Result(Result.Status.OK, active.active().size() + " base paths are served")
                : new Result(Result.Status.CRITICAL, String.join("; ", troubles));
    }
}
