package org.hmsach.ops.internal.modules;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleStatus;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modules over HTTP. */
@Component(
        service = ModulesResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=ops.modules", "hms.base=/admin/v1/modules"})
@Path("")
public final class ModulesResource {
    private final ModuleRegistry registry;
    private final ModuleInstaller installer;

    @Activate
    public ModulesResource(@Reference ModuleRegistry registry, @Reference ModuleInstaller installer) {
        this.registry = registry;
        this.installer = installer;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("All modules with state, version, digest, since when and last error")
    public List<Map<String, Object>> list() {
        Map<String, DesiredEntry> desired = installer.desired();
        return registry.modules().stream()
                .map(module -> json(module, desired.get(module.symbolicName())))
                .toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Updates the bundle whose symbolic name the jar carries, or installs it", kind = "module.update")
    public Map<String, Object> install(InputStream jar) {
        try {
            StagedJar installed = installer.install(jar);
            return Map.of(
                    "symbolicName", installed.name(), "version", installed.version(), "digest", installed.digest());
        } catch (ModuleInstaller.Refused e) {
            throw new ProblemException(Problem.of(422, "MODULE_REFUSED", e.getMessage()));
        }
    }

    @DELETE
    @Path("/{symbolicName}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Removes a module until its jar is installed again", kind = "module.remove")
    public void remove(@PathParam("symbolicName") String symbolicName) {
        try {
            if (!installer.remove(symbolicName)) {
                throw new ProblemException(
                        Problem.of(404, "NOT_FOUND", "no bundle has the symbolic name " + symbolicName));
            }
        } catch (ModuleInstaller.Refused e) {
            throw new ProblemException(Problem.of(422, "MODULE_REFUSED", e.getMessage()));
        }
    }

    private static Map<String, Object> json(ModuleStatus module, DesiredEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("family", module.family());
        json.put("module", module.module());
        json.put("symbolicName", module.symbolicName());
        json.put("version", module.version());
        json.put("state", module.state().name().toLowerCase(java.util.Locale.ROOT));
        json.put(
                "since",
                module.sinceMs() == 0
                        ? null
                        : Instant.ofEpochMilli(module.sinceMs()).toString());
        boolean known = entry != null && entry.origin() != DesiredEntry.Origin.REMOVED;
        json.put("digest", module.digest().isEmpty() && known ? entry.digest() : module.digest());
        json.put("wantedBy", entry == null ? null : entry.origin().name().toLowerCase(java.util.Locale.ROOT));
        json.put("lastError", module.lastError());
        return json;
    }
}
