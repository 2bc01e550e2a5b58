package org.hmsach.gov.checks.internal.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Limits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The limits that the core applies: common ones, and an account's own. */
@Component(
        service = LimitsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gov.checks.limits", "hms.base=/gov/v1/limits"})
@Path("")
public final class LimitsResource {
    private final Portfolio portfolio;
    private final Submitter submitter;

    @Activate
    public LimitsResource(@Reference Portfolio portfolio, @Reference Submitter submitter) {
        this.portfolio = portfolio;
        this.submitter = submitter;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Shows the common limits.")
    public Map<String, Object> common() {
        return LimitsJson.write(portfolio.commonLimits());
    }

    @GET
    @Path("{account}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Shows the limits that hold for an account.")
    public Map<String, Object> ofAccount(@PathParam("account") String account) {
        return LimitsJson.write(portfolio.limits(Accounts.require(portfolio, account)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Changes the common limits.")
    public Map<String, Object> setCommon(
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Origin origin = Submitter.origin((Caller) security.getUserPrincipal(), requestId, key);
        Limits limits = LimitsJson.read(fields, portfolio.commonLimits());
        submitter.send(new Commands.SetLimits(Optional.empty(), limits), origin);
        return LimitsJson.write(portfolio.commonLimits());
    }

    @PUT
    @Path("{account}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Gives an account limits of its own.")
    public Map<String, Object> setOfAccount(
            @PathParam("account") String account,
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        UUID id = Accounts.require(portfolio, account);
        Origin origin = Submitter.origin((Caller) security.getUserPrincipal(), requestId, key);
        Limits limits = LimitsJson.read(fields, portfolio.limits(id));
        submitter.send(new Commands.SetLimits(Optional.of(id), limits), origin);
        return LimitsJson.write(portfolio.limits(id));
    }
}
