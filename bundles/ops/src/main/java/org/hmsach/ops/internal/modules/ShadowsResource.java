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
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.shadow.ShadowReport;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.RepositoryJars;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Upload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shadows over HTTP. */
@Component(
        service = ShadowsResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=ops.shadows",
            "hms.base=/admin/v1/modules/shadows"
        })
@Path("")
public final class ShadowsResource {
    private final SwapEngine engine;
    private final ShadowDesk desk;
    private final RepositoryJars repository;

    @Activate
    public ShadowsResource(
            @Reference SwapEngine engine, @Reference ShadowDesk desk, @Reference RepositoryJars repository) {
        this.repository = repository;
        this.engine = engine;
        this.desk = desk;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("Shadows that run and the last that ended, with their counts and without the disagreements")
    public List<ShadowReport> list() {
        return desk.reports().stream().map(report -> report.brief(0)).toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Stages the jar, the body or from=NAME/VERSION of the repository, beside the version that serves:"
                    + " it sees live orders, its answers are compared and never used",
            kind = "module.shadow")
    public ShadowReport start(
            InputStream body,
            @QueryParam("from") String from,
            @QueryParam("why") String why,
            @Context SecurityContext security)
            throws InterruptedException {
        String reason = Swaps.reason(why);
        Upload<ShadowReport> stage = jar -> desk.start(jar, Swaps.who(security), reason);
        try {
            return Swaps.isBody(body, from) ? Upload.use(engine, body, stage) : repository.use(from, stage);
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("The report of a shadow: each disagreement by rule and account, with the order behind it")
    public ShadowReport report(@PathParam("id") String id) {
        return desk.report(id)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "NOT_FOUND", "there is no shadow " + id)));
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Stops a shadow and takes it out; its report stays for a while", kind = "module.shadow-stop")
    public ShadowReport stop(@PathParam("id") String id, @Context SecurityContext security) {
        report(id);
        try {
            return desk.stop(id, Swaps.who(security));
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }

    @POST
    @Path("/{id}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Moves callers to the shadow: a swap like any other, with the report in its record. Not by the"
                    + " person who staged it.",
            kind = "module.promote")
    public Map<String, Object> promote(
            @PathParam("id") String id,
            Map<String, Object> fields,
            @QueryParam("watchMs") String watchMs,
            @Context SecurityContext security)
            throws InterruptedException {
        Body body = new Body(fields);
        String why = body.optionalText("why", Swaps.MOST_WHY).orElse("");
        body.done();
        report(id);
        try {
            Operation.Request request =
                    new Operation.Request("promote", Swaps.who(security), why, Swaps.watch(watchMs));
            return Swaps.moved(desk.promote(id, request));
        } catch (Refused e) {
            throw Swaps.refused(e.getMessage());
        }
    }
}
