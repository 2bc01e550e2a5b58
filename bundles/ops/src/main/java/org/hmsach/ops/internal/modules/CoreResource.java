package org.hmsach.ops.internal.modules;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.UnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The core's state and proofs over HTTP. */
@Component(
        service = CoreResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=ops.core", "hms.base=/admin/v1/core"})
@Path("")
@RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
public final class CoreResource {
    private static final long STATUS_SECONDS = 5;
    private static final long WORK_SECONDS = 300;

    private final CoreControl core;

    @Activate
    public CoreResource(@Reference CoreControl core) {
        this.core = core;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc("Where the core stands: last entry, last event, state hash, chain hash")
    public CoreControl.Status status() throws InterruptedException {
        return await(core.status(), STATUS_SECONDS, "the core's status");
    }

    @POST
    @Path("/verify")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.COMPLIANCE_NAME})
    @Doc(
            value = "Replays the log into a second machine and compares state hashes and ledger sums",
            kind = "core.verify")
    public Map<String, Object> verify() throws InterruptedException {
        CoreControl.Verification result = await(core.verify(), WORK_SECONDS, "the verification");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("holds", result.holds());
        json.put("entry", result.entry());
        json.put("liveHash", result.liveHash());
        json.put("replayedHash", result.replayedHash());
        json.put("sums", result.sums());
        json.put("millis", result.millis());
        return json;
    }

    @POST
    @Path("/snapshot")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Takes a snapshot and answers when it is valid on disk", kind = "core.snapshot")
    public void snapshot() throws InterruptedException {
        await(core.snapshot(), WORK_SECONDS, "the snapshot");
    }

    private static <T> T await(CompletionStage<T> stage, long seconds, String what) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(what + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw UnavailableException.core("CORE_BUSY", what + " was not there after " + seconds + " s", 10);
        }
    }
}
