package org.hmsach.gov.checks.internal.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import java.util.Map;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.InstrumentStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Halts and resumes instruments. */
@Component(
        service = HaltsResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gov.checks.halts",
            "hms.base=/gov/v1/instruments"
        })
@Path("")
public final class HaltsResource {
    private final Submitter submitter;

    @Activate
    public HaltsResource(@Reference Submitter submitter) {
        this.submitter = submitter;
    }

    @PUT
    @Path("{symbol}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Halts, resumes or retires an instrument.")
    public Map<String, Object> set(
            @PathParam("symbol") String symbol,
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Body body = new Body(fields);
        InstrumentStatus status = body.choice("status", InstrumentStatus.class);
        body.done();
        Origin origin = Submitter.origin((Caller) security.getUserPrincipal(), requestId, key);
        submitter.send(new Commands.SetInstrumentStatus(symbol, status), origin);
        return Map.of("symbol", symbol, "status", status.name().toLowerCase(Locale.ROOT));
    }
}
