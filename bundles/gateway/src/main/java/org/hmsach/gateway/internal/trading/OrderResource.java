package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.problem.RequestId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Orders of the dialect. */
@Component(
        service = OrderResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.orders", "hms.base=/v2/orders"})
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class OrderResource {
    /** Header that says that the answer is the first one given to this id. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String SYMBOLS = "[A-Z0-9./-]{1,16}";

    private final Desk desk;
    private final OrderParser parser;
    private final OrderList list;

    @Activate
    public OrderResource(@Reference Desk desk) {
        this.desk = desk;
        parser = new OrderParser(desk.portfolio());
        list = new OrderList(desk);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Doc(
            value = "Places an order. The same client_order_id with the same body gives the first order again.",
            kind = "order.place")
    public Response place(
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam(RequestId.HEADER) String requestId) {
        OrderRequest request = parser.order(Desk.accountId(security), fields);
        Outcome outcome = Desk.await(desk.intake().place(request, Desk.origin(security, requestId)));
        Order order = desk.order(request.account(), accepted(outcome));
        Response.ResponseBuilder answer = Response.ok(OrderJson.of(order)).header(Stored.TAPE, outcome.tapeNumber());
        return outcome.duplicate() ? answer.header(REPLAYED, "true").build() : answer.build();
    }

    @POST
    @Path("preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Doc(value = "Tells what would happen to an order, by the same code, without sending it.", kind = "order.preview")
    public Map<String, Object> preview(
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam(RequestId.HEADER) String requestId) {
        OrderRequest request = parser.order(Desk.accountId(security), fields);
        return PreviewJson.of(Desk.await(desk.intake().preview(request, Desk.origin(security, requestId))));
    }

    @GET
    @Doc(
            value = "Lists orders: status open, closed or all; symbols, side, after, until, after_order_id,"
                    + " before_order_id, direction, limit.",
            kind = "order.list")
    public Response list(@Context UriInfo uri, @Context SecurityContext security) {
        MultivaluedMap<String, String> params = uri.getQueryParameters();
        UUID account = Desk.accountId(security);
        String side = Params.choice("side", params.getFirst("side"), "any", List.of("buy", "sell"));
        return list.list(new OrderList.Query(
                account,
                Params.choice("status", params.getFirst("status"), "open", List.of("open", "closed", "all")),
                Params.list("symbols", params.getFirst("symbols"), SYMBOLS),
                Arrays.stream(Side.values())
                        .filter(s -> OrderJson.lower(s).equals(side))
                        .findFirst(),
                Times.span(params),
                new OrderList.Places(
                        place(account, params.getFirst("after_order_id")),
                        place(account, params.getFirst("before_order_id"))),
                Params.choice("direction", params.getFirst("direction"), "desc", List.of("asc", "desc"))
                        .equals("asc"),
                Params.integer("limit", params.getFirst("limit"), 50, 500)));
    }

    private Optional<Order> place(UUID account, String orderId) {
        return Optional.ofNullable(orderId).map(id -> desk.order(account, Params.id(id)));
    }

    @GET
    @Path("{id}")
    @Doc(value = "One order.", kind = "order.get")
    public Map<String, Object> one(@PathParam("id") String id, @Context SecurityContext security) {
        UUID account = Desk.accountId(security);
        UUID order = Params.id(id);
        Optional<Order> old = desk.beingReplacedBy(account, order);
        return old.isPresent()
                ? OrderJson.toCome(old.get(), old.get().replacement().orElseThrow())
                : OrderJson.of(desk.order(account, order));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Doc(
            value = "Asks to replace qty, limit_price or time_in_force; the answer is the replacing order.",
            kind = "order.replace")
    public Map<String, Object> replace(
            @PathParam("id") String id,
            Map<String, Object> fields,
            @Context SecurityContext security,
            @HeaderParam(RequestId.HEADER) String requestId) {
        UUID account = Desk.accountId(security);
        UUID asked = Params.id(id);
        Order order = desk.beingReplacedBy(account, asked).orElseGet(() -> desk.order(account, asked));
        Outcome outcome =
                Desk.await(desk.intake().replace(parser.replacement(order, fields), Desk.origin(security, requestId)));
        accepted(outcome);
        Order after = desk.order(account, order.id());
        return after.replacement()
                .map(terms -> OrderJson.toCome(after, terms))
                .orElseGet(() -> OrderJson.of(after.replacedBy()
                        .map(next -> desk.order(account, next))
                        .orElse(after)));
    }

    @DELETE
    @Path("{id}")
    @Doc(
            value = "Asks to cancel an order; the venue's answer ends it. The same Idempotency-Key cancels once.",
            kind = "order.cancel")
    public Response cancel(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @HeaderParam(RequestId.HEADER) String requestId,
            @HeaderParam("Idempotency-Key") String key) {
        UUID account = Desk.accountId(security);
        UUID asked = Params.id(id);
        UUID order = desk.beingReplacedBy(account, asked).map(Order::id).orElse(asked);
        desk.order(account, order);
        Outcome outcome = Desk.await(desk.intake().cancel(order, Desk.origin(security, requestId, key)));
        accepted(outcome);
        Response.ResponseBuilder answer = Response.noContent();
        return outcome.duplicate() ? answer.header(REPLAYED, "true").build() : answer.build();
    }

    @DELETE
    @Doc(value = "Asks to cancel all open orders; each has its own status in the answer.", kind = "order.cancel-all")
    public Response cancelAll(@Context SecurityContext security, @HeaderParam(RequestId.HEADER) String requestId) {
        UUID account = Desk.accountId(security);
        Map<UUID, CompletionStage<Outcome>> asked = new LinkedHashMap<>();
        for (Order order : desk.portfolio().openOrders(account)) {
            if (order.state() != OrderState.PENDING_CANCEL) {
                asked.put(order.id(), desk.intake().cancel(order.id(), Desk.origin(security, requestId)));
            }
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        asked.forEach((id, stage) -> rows.add(Map.of("id", id, "status", status(stage))));
        return Response.status(207).entity(rows).build();
    }

    private static int status(CompletionStage<Outcome> stage) {
        try {
            return Desk.await(stage).refusal().map(r -> Problem.of(r).status()).orElse(200);
        } catch (UnavailableException e) {
            return 503;
        }
    }

    private static UUID accepted(Outcome outcome) {
        if (outcome.refusal().isPresent()) {
            throw new ProblemException(Problem.of(outcome.refusal().get()));
        }
        return outcome.subject().orElseThrow(() -> new IllegalStateException("an accepted order has no id"));
    }
}
