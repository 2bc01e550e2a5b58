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
import java.util.List;
import java.util.Map;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Verdict;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules that every order needs an allow-verdict of. */
@Component(
        service = RulesResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gov.checks.rules",
            "hms.base=/gov/v1/required-rules"
        })
@Path("")
public final class RulesResource {
    private static final int MAX_RULES = 100;

    private final Portfolio portfolio;
    private final Submitter submitter;

    @Activate
    public RulesResource(@Reference Portfolio portfolio, @Reference Submitter submitter) {
        this.portfolio = portfolio;
        this.submitter = submitter;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Lists the required rules.")
    public Map<String, Object> required() {
        return Map.of("rules", portfolio.requiredRules());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.ADMIN_NAME})
    @Doc("Sets the required rules; an empty list needs allowEmpty.")
    public Map<String, Object> require(
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Body body = new Body(fields);
        List<String> rules = body.texts("rules", MAX_RULES, Verdict.RULE_PATTERN);
        boolean allowEmpty = body.optionalFlag("allowEmpty").orElse(false);
        body.done();
        Origin origin = Submitter.origin((Caller) security.getUserPrincipal(), requestId, key);
        submitter.send(new Commands.SetRequiredRules(rules, allowEmpty), origin);
        return required();
    }
}
