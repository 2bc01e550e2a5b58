package org.hmsach.gateway.internal.show;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.apache.felix.hc.api.execution.HealthCheckExecutionOptions;
import org.apache.felix.hc.api.execution.HealthCheckExecutionResult;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.felix.hc.api.execution.HealthCheckSelector;
import org.hmsach.api.http.Doc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the process lives, and whether it can serve: every check by its name. */
@Component(
        service = HealthResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.health", "hms.base=/health"})
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
    /** An empty selector would mean only those tagged "default"; the star is any tag. */
    private static final HealthCheckSelector ALL = HealthCheckSelector.tags("*");
    /** Answers of some seconds ago would not belong together. */
    private static final HealthCheckExecutionOptions FRESH =
            new HealthCheckExecutionOptions().setForceInstantExecution(true);

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<HealthCheckExecutor> executors = List.of();

    @Activate
    public HealthResource() {
        // the executor may come later than the first question
    }

    @GET
    @Path("live")
    @PermitAll
    @Doc(value = "Whether the process answers.", kind = "health.live")
    public Map<String, Object> live() {
        return Map.of("status", "OK");
    }

    @GET
    @Path("ready")
    @PermitAll
    @Doc(
            value = "Whether orders can be taken: all checks by name. 503 when one of them is not OK or WARN.",
            kind = "health.ready")
    public Response ready() {
        List<HealthCheckExecutor> now = executors;
        if (now.isEmpty()) {
            return Response.status(503)
                    .entity(Map.of("status", "TEMPORARILY_UNAVAILABLE", "checks", List.of()))
                    .build();
        }
        List<HealthCheckExecutionResult> results = now.get(0).execute(ALL, FRESH);
        if (isReady(worst(results))) {
            // what one check waited for may have brought work for another that had been asked before it
            results = now.get(0).execute(ALL, FRESH);
        }
        List<Map<String, Object>> checks =
                results.stream().map(HealthResource::json).toList();
        Result.Status worst = worst(results);
        return Response.status(isReady(worst) ? 200 : 503)
                .entity(Map.of("status", worst.name(), "checks", checks))
                .build();
    }

    private static Result.Status worst(List<HealthCheckExecutionResult> results) {
        return results.stream()
                .map(r -> r.getHealthCheckResult().getStatus())
                .max(Comparator.naturalOrder())
                .orElse(Result.Status.OK);
    }

    private static boolean isReady(Result.Status worst) {
        return worst == Result.Status.OK || worst == Result.Status.WARN;
    }

    private static Map<String, Object> json(HealthCheckExecutionResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.getHealthCheckMetadata().getTitle());
        json.put("tags", result.getHealthCheckMetadata().getTags());
        json.put("status", result.getHealthCheckResult().getStatus().name());
        json.put("millis", result.getElapsedTimeInMs());
        json.put(
                "messages",
                StreamSupport.stream(result.getHealthCheckResult().spliterator(), false)
                        .filter(entry -> entry.getStatus() != Result.Status.OK || !entry.isDebug())
                        .map(ResultLog.Entry::getMessage)
                        .toList());
        return json;
    }
}
