package org.hmsach.gateway.internal.show;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.gateway.internal.board.ActiveResources;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is active right now, as an OpenAPI document. */
@Component(
        service = OpenApiResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.openapi", "hms.base=/openapi.json"})
@Path("")
public final class OpenApiResource {
    private final ActiveResources active;

    @Activate
    public OpenApiResource(@Reference ActiveResources active) {
        this.active = active;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    @Doc(value = "This document.", kind = "openapi")
    public Map<String, Object> document() {
        return new OpenApi().document(active.active());
    }
}
