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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.gov.checks.internal.check.Tally;
import org.hmsach.gov.checks.internal.policy.Parameter;
import org.hmsach.gov.checks.internal.policy.Policy;
import org.hmsach.gov.checks.internal.policy.PolicyBook;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The checks: what they judge by, how often they were asked and said no; new policy versions. */
@Component(
        service = ChecksResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gov.checks.checks", "hms.base=/gov/v1/checks"})
@Path("")
public final class ChecksResource {
    private final Portfolio portfolio;
    private final PolicyBook policies;
    private final Tally tally;
    private final Submitter submitter;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<OrderCheck> present;

    @Activate
    public ChecksResource(
            @Reference Portfolio portfolio,
            @Reference PolicyBook policies,
            @Reference Tally tally,
            @Reference Submitter submitter) {
        this.portfolio = portfolio;
        this.policies = policies;
        this.tally = tally;
        this.submitter = submitter;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.COMPLIANCE_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Lists the checks that are here or required, with policy version, parameters and counts.")
    public List<Map<String, Object>> list() {
        TreeSet<String> here = new TreeSet<>();
        Optional.ofNullable(present).ifPresent(checks -> checks.forEach(check -> here.add(check.rule())));
        TreeSet<String> rules = new TreeSet<>(here);
        List<String> required = portfolio.requiredRules();
        rules.addAll(required);
        return rules.stream()
                .map(rule -> json(rule, here.contains(rule), required.contains(rule)))
                .toList();
    }

    @PUT
    @Path("{rule}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.COMPLIANCE_NAME)
    @Doc("Activates a new policy version of a rule; parameters that are not named keep their value.")
    public Map<String, Object> change(
            @PathParam("rule") String name,
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Rule rule = Rule.of(name).orElseThrow(() -> notFound(name));
        Map<String, String> parameters = read(rule, new Body(fields));
        Caller caller = (Caller) security.getUserPrincipal();
        submitter.await(policies.activate(rule, parameters, Submitter.origin(caller, requestId, key)));
        policies.refresh();
        return json(rule.id(), true, portfolio.requiredRules().contains(rule.id()));
    }

    private Map<String, String> read(Rule rule, Body body) {
        Map<String, String> present =
                policies.policy(rule).map(Policy::parameters).map(Map::copyOf).orElseGet(rule::standards);
        Map<String, String> next = new TreeMap<>();
        for (Parameter parameter : rule.parameters()) {
            next.put(parameter.name(), parameter.read(body, present.get(parameter.name())));
        }
        body.done();
        if (rule == Rule.COLLAR && Long.parseLong(next.get("soft_bp")) > Long.parseLong(next.get("hard_bp"))) {
            throw new ProblemException(Problem.field(
                    "soft_bp",
                    next.get("soft_bp"),
                    "at most hard_bp, " + next.get("hard_bp"),
                    "soft_bp is " + next.get("soft_bp") + "; it must be at most hard_bp, " + next.get("hard_bp")));
        }
        return next;
    }

    private Map<String, Object> json(String name, boolean here, boolean required) {
        Optional<Policy> policy = Rule.of(name).flatMap(policies::policy);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", name);
        json.put("present", here);
        json.put("required", required);
        json.put("policyVersion", policy.map(Policy::version).orElse(null));
        json.put("parameters", policy.<Object>map(Policy::parameters).orElse(Map.of()));
        json.put("asked", tally.asked(name));
        json.put("denied", tally.denied(name));
        return json;
    }

    private static ProblemException notFound(String rule) {
        String shown = rule.length() > 64 ? rule.substring(0, 64) + "…" : rule;
        return new ProblemException(Problem.of(
                Refused.of(Reason.NOT_FOUND, "rule", "rule '" + shown + "' has no parameters in this module")));
    }
}
