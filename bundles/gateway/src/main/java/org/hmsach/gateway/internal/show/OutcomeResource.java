package org.hmsach.gateway.internal.show;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.OutcomeClock;
import org.hmsach.api.identity.Role;
import org.hmsach.gateway.internal.clock.HdrOutcomeClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The outcome clock as JSON. */
@Component(
        service = OutcomeResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gateway.outcomes",
            "hms.base=/admin/v1/outcomes"
        })
@Path("")
public final class OutcomeResource {
    private final OutcomeClock clock;

    @Activate
    public OutcomeResource(@Reference HdrOutcomeClock clock) {
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.COMPLIANCE_NAME, Role.ADMIN_NAME})
    @Doc(value = "Time from receipt to answer per kind of request: count, p50, p95, largest.", kind = "admin.outcomes")
    public List<Map<String, Object>> outcomes() {
        return clock.outcomes().stream().map(OutcomeResource::json).toList();
    }

    private static Map<String, Object> json(OutcomeClock.Outcomes outcomes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", outcomes.kind());
        json.put("count", outcomes.count());
        json.put("p50Ms", millis(outcomes.p50Nanos()));
        json.put("p95Ms", millis(outcomes.p95Nanos()));
        json.put("maxMs", millis(outcomes.maxNanos()));
        return json;
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }
}
