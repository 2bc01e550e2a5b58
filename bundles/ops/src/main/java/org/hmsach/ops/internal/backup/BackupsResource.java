package org.hmsach.ops.internal.backup;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Backups over HTTP; for administrators, since a backup holds everything. */
@Component(
        service = BackupsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=ops.backups", "hms.base=/admin/v1/backups"})
@Path("")
public final class BackupsResource {
    /** One plain file name: no separator, no dot in front. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final Pattern NAMES = Pattern.compile(NAME);

    private final Backups backups;

    @Activate
    public BackupsResource(@Reference Backups backups) {
        this.backups = backups;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN_NAME)
    @Doc("The finished backups in the server's backup folder")
    public List<Map<String, Object>> all() throws IOException {
        return backups.all().stream().map(BackupState::json).toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN_NAME)
    @Doc(
            value = "Begins a backup into a new folder of that name below the server's backup folder; orders go on",
            kind = "backup.take")
    public Response begin(Map<String, Object> json) {
        Body body = new Body(json);
        String name = body.text("name", NAME);
        body.done();
        try {
            return Response.status(202).entity(backups.begin(name).json()).build();
        } catch (Backups.Refused e) {
            throw new ProblemException(Problem.of(409, "BACKUP_REFUSED", e.getMessage()));
        }
    }

    @GET
    @Path("/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMIN_NAME)
    @Doc("How far a backup is, and what it holds once it is done")
    public Map<String, Object> one(@PathParam("name") String name) throws IOException {
        if (!NAMES.matcher(name).matches()) {
            throw notFound(name);
        }
        return backups.find(name).orElseThrow(() -> notFound(name)).json();
    }

    private static ProblemException notFound(String name) {
        return new ProblemException(Problem.of(404, "NOT_FOUND", "there is no backup " + name));
    }
}
