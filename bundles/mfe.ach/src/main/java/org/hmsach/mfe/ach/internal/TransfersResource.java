package org.hmsach.mfe.ach.internal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.money.Money;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Transfers over HTTP: customers ask and take back, operators approve, reject, complete and return. */
@Component(
        service = TransfersResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=mfe.ach.transfers",
            "hms.base=/mfe/v1/transfers"
        })
@Path("")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TransfersResource {
    /** Largest amount of one transfer, in major units. */
    private static final long MAX_AMOUNT = 1_000_000_000L;

    private static final int DETAIL_MAX = 200;

    private final Portfolio portfolio;
    private final Door door;
    private final Rails rails;

    @Activate
    public TransfersResource(@Reference Portfolio portfolio, @Reference Door door, @Reference Rails rails) {
        this.portfolio = portfolio;
        this.door = door;
        this.rails = rails;
    }

    @POST
    @Path("")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Doc(value = "Asks for a transfer; an outgoing amount is held at once", kind = "transfer.request")
    public Response request(
            Map<String, Object> json,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        Caller caller = (Caller) security.getUserPrincipal();
        Body body = new Body(json);
        UUID id = body.optionalUuid("account")
                .or(caller::account)
                .orElseThrow(() -> Body.missing("account", "a UUID of an account you may act on"));
        Account account = visible(caller, id, true);
        Direction direction = body.choice("direction", Direction.class);
        long amountMinor = body.positive("amount", account.currency().digits(), MAX_AMOUNT);
        String rail = body.optionalText("rail", 32).orElse("operator");
        body.done();
        if (rails.rail(rail).isEmpty()) {
            String known = "one of " + String.join(", ", rails.names());
            throw new ProblemException(
                    Problem.field("rail", rail, known, "rail is '" + rail + "'; it must be " + known));
        }
        Outcome outcome = submit(
                new Commands.RequestTransfer(id, direction, new Money(account.currency(), amountMinor), rail),
                new Origin(caller.id(), TransferDesk.MODULE, requestId, Optional.ofNullable(key)));
        return Response.status(outcome.duplicate() ? 200 : 201)
                .entity(json(transfer(outcome.subject().orElseThrow())))
                .build();
    }

    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Transfers of an account; operators without an account: all open ones")
    public List<Map<String, Object>> list(@Context SecurityContext security, @QueryParam("account") String account) {
        Caller caller = (Caller) security.getUserPrincipal();
        if (account == null && caller.account().isEmpty() && seesAll(caller)) {
            return portfolio.openTransfers().stream()
                    .map(TransfersResource::json)
                    .toList();
        }
        UUID id = account == null ? caller.account().orElseThrow(TransfersResource::noAccount) : uuid(account);
        visible(caller, id, false);
        return portfolio.transfers(id).stream().map(TransfersResource::json).toList();
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("One transfer")
    public Map<String, Object> one(@Context SecurityContext security, @PathParam("id") String id) {
        Transfer transfer = transfer(uuid(id));
        visible((Caller) security.getUserPrincipal(), transfer.account(), false);
        return json(transfer);
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Takes a transfer back that was not sent yet")
    public Map<String, Object> cancel(
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @PathParam("id") String id) {
        Caller caller = (Caller) security.getUserPrincipal();
        visible(caller, transfer(uuid(id)).account(), true);
        return move(caller, requestId, id, TransferState.CANCELED, "taken back by the customer");
    }

    @POST
    @Path("/{id}/approve")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Approves a transfer; over the operator rail that completes it", kind = "transfer.approve")
    public Map<String, Object> approve(
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @PathParam("id") String id) {
        return move((Caller) security.getUserPrincipal(), requestId, id, TransferState.PENDING, "");
    }

    @POST
    @Path("/{id}/complete")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Says that the money of a sent transfer has moved")
    public Map<String, Object> complete(
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @PathParam("id") String id) {
        return move((Caller) security.getUserPrincipal(), requestId, id, TransferState.COMPLETE, "");
    }

    @POST
    @Path("/{id}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Rejects a transfer")
    public Map<String, Object> reject(
            Map<String, Object> json,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @PathParam("id") String id) {
        String detail = detail(json);
        return move((Caller) security.getUserPrincipal(), requestId, id, TransferState.REJECTED, detail);
    }

    @POST
    @Path("/{id}/return")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc("Says that a completed transfer came back")
    public Map<String, Object> returned(
            Map<String, Object> json,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @PathParam("id") String id) {
        String detail = detail(json);
        return move((Caller) security.getUserPrincipal(), requestId, id, TransferState.RETURNED, detail);
    }

    private Map<String, Object> move(Caller caller, String requestId, String id, TransferState state, String detail) {
        UUID transfer = transfer(uuid(id)).id();
        submit(
                new Commands.UpdateTransfer(Optional.empty(), transfer, state, detail),
                new Origin(caller.id(), TransferDesk.MODULE, requestId, Optional.empty()));
        return json(transfer(transfer));
    }

    private Outcome submit(Command command, Origin origin) {
        try {
            Outcome outcome = door.submit(command, origin).toCompletableFuture().join();
            outcome.refusal().ifPresent(refused -> {
                throw new ProblemException(Problem.of(refused));
            });
            return outcome;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Account visible(Caller caller, UUID id, boolean toAct) {
        Optional<Role> granted = portfolio.access(caller.id(), id);
        boolean may = granted.filter(role -> role == Role.INVESTOR || role == Role.TRADER)
                        .isPresent()
                || caller.has(Role.OPERATOR)
                || (!toAct && (granted.isPresent() || seesAll(caller)));
        return portfolio
                .account(id)
                .filter(account -> may)
                .orElseThrow(() ->
                        new ProblemException(Problem.of(404, "NOT_FOUND", "there is no account " + id + " for you")));
    }

    private static boolean seesAll(Caller caller) {
        return caller.has(Role.OPERATOR) || caller.has(Role.COMPLIANCE) || caller.has(Role.ADMIN);
    }

    private Transfer transfer(UUID id) {
        return portfolio
                .transfer(id)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "NOT_FOUND", "there is no transfer " + id)));
    }

    private static String detail(Map<String, Object> json) {
        Body body = new Body(json);
        String detail = body.text("detail", DETAIL_MAX);
        body.done();
        return detail;
    }

    private static UUID uuid(String text) {
        return new Body(Map.of("id", text)).uuid("id");
    }

    private static ProblemException noAccount() {
        return Body.missing("account", "a UUID of an account you may act on");
    }

    private static Map<String, Object> json(Transfer transfer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", transfer.id().toString());
        json.put("account", transfer.account().toString());
        json.put("direction", transfer.direction().name().toLowerCase(Locale.ROOT));
        json.put("amount", transfer.amount().decimal());
        json.put("currency", transfer.amount().currency().code());
        json.put("rail", transfer.rail());
        json.put("state", transfer.state().name().toLowerCase(Locale.ROOT));
        json.put("detail", transfer.detail());
        json.put("businessDate", transfer.businessDate().toString());
        json.put("createdAt", Instant.ofEpochMilli(transfer.createdMs()).toString());
        json.put("updatedAt", Instant.ofEpochMilli(transfer.updatedMs()).toString());
        return json;
    }
}
