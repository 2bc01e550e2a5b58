package org.hmsach.gateway.internal.show;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.gateway.internal.clock.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The meters for a collector on the same machine, or for an operator. */
@Component(
        service = MetricsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.metrics", "hms.base=/metrics"})
@Path("")
public final class MetricsResource {
    private final Metrics metrics;

    @Activate
    public MetricsResource(@Reference Metrics metrics) {
        this.metrics = metrics;
    }

    @GET
    @PermitAll
    @Produces("text/plain")
    @Doc(value = "Meters in the Prometheus text format, for callers on this machine and operators.", kind = "metrics")
    public String text(@Context HttpServletRequest request, @Context SecurityContext security) {
        if (!isLocal(request.getRemoteAddr()) && !security.isUserInRole(Role.OPERATOR_NAME)) {
            throw new ProblemException(
                    Problem.of(403, "NOT_AUTHORISED", "meters are for callers on this machine and for operators"));
        }
        return metrics.text();
    }

    private static boolean isLocal(String address) {
        try {
            // the text is an address already, so no name is looked up
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
