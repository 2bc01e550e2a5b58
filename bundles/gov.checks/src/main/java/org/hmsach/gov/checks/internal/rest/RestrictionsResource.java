package org.hmsach.gov.checks.internal.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.portfolio.Portfolio;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The restricted list: symbols that may not be traded, by everybody or by one account. */
@Component(
        service = RestrictionsResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gov.checks.restrictions",
            "hms.base=/gov/v1/restrictions"
        })
@Path("")
public final class RestrictionsResource {
    private final Portfolio portfolio;
    private final Submitter submitter;

    @Activate
    public RestrictionsResource(@Reference Portfolio portfolio, @Reference Submitter submitter) {
        this.portfolio = portfolio;
        this.submitter = submitter;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Lists the symbols that are restricted for everybody.")
    public Map<String, Object> restricted() {
        return Map.of("symbols", portfolio.restrictedSymbols());
    }

    @PUT
    @Path("{symbol}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Puts a symbol on the restricted list, of everybody or of the account named.")
    public Map<String, Object> restrict(
            @PathParam("symbol") String symbol,
            @QueryParam("account") String account,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        return set(symbol, account, true, Submitter.origin((Caller) security.getUserPrincipal(), requestId, key));
    }

    @DELETE
    @Path("{symbol}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Takes a symbol off the restricted list.")
    public Map<String, Object> release(
            @PathParam("symbol") String symbol,
            @QueryParam("account") String account,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        return set(symbol, account, false, Submitter.origin((Caller) security.getUserPrincipal(), requestId, key));
    }

    private Map<String, Object> set(String symbol, String account, boolean restricted, Origin origin) {
        if (!symbol.matches(Instrument.SYMBOL_PATTERN)) {
            throw new ProblemException(Problem.field(
                    "symbol", symbol, Instrument.SYMBOL_PATTERN, "symbol must match " + Instrument.SYMBOL_PATTERN));
        }
        Optional<UUID> of = Optional.ofNullable(account).map(text -> Accounts.require(portfolio, text));
        submitter.send(new Commands.SetRestriction(of, symbol, restricted), origin);
        return restricted();
    }
}
