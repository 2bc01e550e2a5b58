package org.hmsach.gov.checks.internal.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kill switch: while it is on, no new order and no replacement is taken. */
@Component(
        service = KillSwitchResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gov.checks.killswitch",
            "hms.base=/gov/v1/kill-switch"
        })
@Path("")
public final class KillSwitchResource {
    private final Portfolio portfolio;
    private final Submitter submitter;

    @Activate
    public KillSwitchResource(@Reference Portfolio portfolio, @Reference Submitter submitter) {
        this.portfolio = portfolio;
        this.submitter = submitter;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Shows the organisation's kill switch.")
    public Map<String, Object> state() {
        return Map.of("on", portfolio.killSwitch());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Throws the kill switch of the organisation or of the account named, or takes it back.")
    public Map<String, Object> set(
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Body body = new Body(fields);
        boolean on = body.flag("on");
        Optional<UUID> account = body.optionalUuid("account");
        body.done();
        account.ifPresent(id -> Accounts.require(portfolio, id.toString()));
        Origin origin = Submitter.origin((Caller) security.getUserPrincipal(), requestId, key);
        submitter.send(new Commands.SetKillSwitch(account, on), origin);
        return account.<Map<String, Object>>map(id -> Map.of("on", on, "account", id.toString()))
                .orElseGet(this::state);
    }
}
