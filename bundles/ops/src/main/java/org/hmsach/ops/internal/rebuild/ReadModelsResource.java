package org.hmsach.ops.internal.rebuild;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.history.ReadModelControl;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How far the read models are, and making them anew. */
@Component(
        service = ReadModelsResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=ops.readmodels",
            "hms.base=/admin/v1/read-models"
        })
@Path("")
public final class ReadModelsResource {
    private final ReadModelControl models;

    @Activate
    public ReadModelsResource(@Reference ReadModelControl models) {
        this.models = models;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("How far the SQL read models are on the tape")
    public Map<String, Object> progress() {
        ReadModelControl.Standing now = models.standing();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("applied", now.applied());
        json.put("last", now.last());
        json.put("rebuilds", now.rebuilds());
        json.put("rebuildingTo", now.target());
        json.put("trouble", now.trouble());
        return json;
    }

    @POST
    @Path("/rebuild")
    @Consumes("*/*")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(
            value = "Drops the SQL read models and makes them again from the tape; histories answer 503 meanwhile",
            kind = "readmodels.rebuild")
    public Response rebuild() {
        Map<String, Object> before = progress();
        models.rebuild();
        return Response.status(202).entity(before).build();
    }
}
