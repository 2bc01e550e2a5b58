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
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Preview;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.RepositoryJars;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Upload;
import org.hmsach.ops.internal.swap.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modules over HTTP. */
@Component(
        service = ModulesResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=ops.modules", "hms.base=/admin/v1/modules"})
@Path("")
public final class ModulesResource {
    private static final long MOST_WAIT_MS = 10_000;

    private final ModuleList list;
    private final ModuleKeeper keeper;
    private final SwapEngine engine;
    private final RepositoryJars repository;

    @Activate
    public ModulesResource(
            @Reference ModuleList list,
            @Reference ModuleKeeper keeper,
            @Reference SwapEngine engine,
            @Reference RepositoryJars repository) {
        this.repository = repository;
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
    public Preview preview(InputStream body, @QueryParam("from") String from) throws InterruptedException {
        return staged(body, from, engine::preview);
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Replaces the module of the jar's symbolic name side by side, or installs it. The jar is the body,"
                    + " or from=NAME/VERSION of the repository. Answers when callers have moved; then the probation of"
                    + " watchMs runs, and the operation tells how it ends.",
            kind = "module.update")
    public Map<String, Object> update(
            InputStream body,
            @QueryParam("from") String from,
            @QueryParam("why") String why,
            @QueryParam("watchMs") String watchMs,
            @Context SecurityContext security)
            throws InterruptedException {
        Operation.Request request =
                new Operation.Request("update", Swaps.who(security), Swaps.reason(why), Swaps.watch(watchMs));
        Operation operation = staged(body, from, jar -> engine.update(jar, request));
        return Swaps.moved(operation);
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
        int seen = (int) Swaps.number("steps", steps, -1, Integer.MAX_VALUE);
        long wait = Swaps.number("waitMs", waitMs, 0, MOST_WAIT_MS);
        return engine.operation(id, seen, Duration.ofMillis(wait))
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
        String why = body.optionalText("why", Swaps.MOST_WHY).orElse("");
        body.done();
        try {
            return engine.rollback(symbolicName, Swaps.who(security), why, SwapEngine.WATCH_MS)
                    .record();
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }

    @DELETE
    @Path("/{symbolicName}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Removes a module until its jar is installed again. Refused while it answers a required rule.",
            kind = "module.remove")
    public Operation.Record remove(
            @PathParam("symbolicName") String symbolicName,
            @QueryParam("why") String why,
            @Context SecurityContext security)
            throws InterruptedException {
        if (engine.version(symbolicName).equals(Version.NONE)) {
            throw new ProblemException(Problem.of(404, "NOT_FOUND", "no bundle has the symbolic name " + symbolicName));
        }
        Operation.Request request = new Operation.Request("remove", Swaps.who(security), Swaps.reason(why), 0);
        try {
            return Swaps.done(engine.remove(symbolicName, request, keeper));
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }

    /** @param from names an entry of the repository; null where the body is the jar */
    private <T> T staged(InputStream body, String from, Upload<T> work) throws InterruptedException {
        try {
            return Swaps.isBody(body, from) ? Upload.use(engine, body, work) : repository.use(from, work);
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }
}
