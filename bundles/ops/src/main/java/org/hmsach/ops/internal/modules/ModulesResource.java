package org.hmsach.ops.internal.modules;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Phase;
import org.hmsach.ops.internal.swap.Preview;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modules over HTTP. */
@Component(
        service = ModulesResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=ops.modules", "hms.base=/admin/v1/modules"})
@Path("")
public final class ModulesResource {
    private static final Duration SWITCHED = Duration.ofSeconds(60);
    private static final long MOST_WATCH_MS = 3_600_000;
    private static final long MOST_WAIT_MS = 10_000;
    private static final int MOST_WHY = 200;

    private final ModuleList list;
    private final ModuleKeeper keeper;
    private final SwapEngine engine;

    @Activate
    public ModulesResource(@Reference ModuleList list, @Reference ModuleKeeper keeper, @Reference SwapEngine engine) {
        this.list = list;
        this.keeper = keeper;
        this.engine = engine;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("All modules with state, version, digest, since when, last error, and drift: where running and desired differ")
    public List<Map<String, Object>> list() {
        return list.rows();
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "What the jar would change: bundles, services, rules, what is missing. Moves nothing.")
    public Preview preview(InputStream body) {
        return staged(body, engine::preview);
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Replaces the module of the jar's symbolic name side by side, or installs it. Answers when callers"
                    + " have moved; then the probation of watchMs runs, and the operation tells how it ends.",
            kind = "module.update")
    public Map<String, Object> update(
            InputStream body,
            @QueryParam("why") String why,
            @QueryParam("watchMs") String watchMs,
            @Context SecurityContext security)
            throws InterruptedException {
        Operation.Request request = new Operation.Request("update", who(security), reason(why), watch(watchMs));
        Operation operation = staged(body, jar -> engine.update(jar, request));
        Operation.Record record = operation.await(
                one -> one.phase().isEnd() || one.phase() == Phase.WATCH || one.phase() == Phase.REMOVE, SWITCHED);
        if (record.phase() == Phase.REFUSED || record.phase() == Phase.FAILED) {
            throw refused(record.steps().get(record.steps().size() - 1).detail());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbolicName", record.module());
        json.put("version", record.to().version());
        json.put("digest", record.to().digest());
        json.put("operation", record);
        return json;
    }

    @GET
    @Path("/operations")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("The audit trail: who replaced what by what, why, when, and what was measured; oldest first")
    public List<Operation.Record> operations() {
        return engine.operations();
    }

    @GET
    @Path("/operations/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("One operation. With steps=N it waits, at most waitMs, until there are more than N steps.")
    public Operation.Record operation(
            @PathParam("id") String id, @QueryParam("steps") String steps, @QueryParam("waitMs") String waitMs)
            throws InterruptedException {
        int seen = (int) number("steps", steps, -1, Integer.MAX_VALUE);
        long wait = number("waitMs", waitMs, 0, MOST_WAIT_MS);
        Operation running = engine.operation(id).orElse(null);
        if (running != null) {
            return running.await(one -> one.steps().size() > seen, Duration.ofMillis(wait));
        }
        return engine.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(404, "NOT_FOUND", "there is no operation " + id)));
    }

    @POST
    @Path("/{symbolicName}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Brings the version back that served before; ends a probation that is under way",
            kind = "module.rollback")
    public Operation.Record rollback(
            @PathParam("symbolicName") String symbolicName,
            Map<String, Object> fields,
            @Context SecurityContext security) {
        Body body = new Body(fields);
        String why = body.optionalText("why", MOST_WHY).orElse("");
        body.done();
        try {
            return engine.rollback(symbolicName, who(security), why, SwapEngine.WATCH_MS)
                    .record();
        } catch (Refused e) {
            throw refused(e.getMessage());
        }
    }

    @DELETE
    @Path("/{symbolicName}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Removes a module until its jar is installed again", kind = "module.remove")
    public void remove(@PathParam("symbolicName") String symbolicName) {
        try {
            if (!keeper.remove(symbolicName)) {
                throw new ProblemException(
                        Problem.of(404, "NOT_FOUND", "no bundle has the symbolic name " + symbolicName));
            }
        } catch (Refused e) {
            throw refused(e.getMessage());
        }
    }

    private interface Use<T> {
        T of(StagedJar jar) throws Refused;
    }

    private <T> T staged(InputStream body, Use<T> use) {
        try {
            StagedJar jar = engine.stage(body);
            try {
                return use.of(jar);
            } finally {
                engine.discard(jar);
            }
        } catch (Refused e) {
            throw refused(e.getMessage());
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.of(422, "MODULE_REFUSED", why));
    }

    private static String who(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    private static String reason(String why) {
        String text = why == null ? "" : why;
        if (text.length() > MOST_WHY) {
            throw new ProblemException(Problem.field(
                    "why", text.length() + " characters", "at most " + MOST_WHY, "the reason is too long"));
        }
        return text;
    }

    private static long watch(String text) {
        return number("watchMs", text, SwapEngine.WATCH_MS, MOST_WATCH_MS);
    }

    private static long number(String field, String text, long standard, long most) {
        if (text == null) {
            return standard;
        }
        if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) > most) {
            throw new ProblemException(
                    Problem.field(field, text, "0 to " + most, field + " must be a whole number from 0 to " + most));
        }
        return Long.parseLong(text);
    }
}
