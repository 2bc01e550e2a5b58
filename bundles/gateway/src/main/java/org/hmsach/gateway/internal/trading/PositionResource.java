package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.gateway.internal.problem.Problems;
import org.hmsach.gateway.internal.problem.RequestId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Positions of the dialect, at current prices. */
@Component(
        service = PositionResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.positions", "hms.base=/v2/positions"})
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class PositionResource {
    private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Desk desk;
    private final Valuation valuation;

    @Activate
    public PositionResource(@Reference Desk desk) {
        this.desk = desk;
        valuation = new Valuation(desk.portfolio(), desk.prices());
    }

    @GET
    @Doc(value = "All positions.", kind = "position.list")
    public List<Map<String, Object>> all(@Context SecurityContext security) {
        return valuation.positions(desk.account(security));
    }

    @GET
    @Path("{symbol: .+}")
    @Doc(value = "The position in a symbol or asset id.", kind = "position.get")
    public Map<String, Object> one(@PathParam("symbol") String symbol, @Context SecurityContext security) {
        Account account = desk.account(security);
        return valuation.position(account, find(account, symbol));
    }

    @DELETE
    @Path("{symbol: .+}")
    @Doc(value = "Sells the position, or qty of it, at the market.", kind = "position.close")
    public Map<String, Object> close(
            @PathParam("symbol") String symbol,
            @QueryParam("qty") String qty,
            @QueryParam("percentage") String percentage,
            @Context SecurityContext security,
            @HeaderParam(RequestId.HEADER) String requestId) {
        if (percentage != null) {
            // taken silently it would sell the whole position
            throw Params.wrong("percentage", percentage, "absent: give qty to sell a part");
        }
        Account account = desk.account(security);
        Position position = find(account, symbol);
        OrderRequest sell = new OrderRequest(
                account.id(),
                UUID.randomUUID().toString(),
                position.symbol(),
                Side.SELL,
                OrderType.MARKET,
                TimeInForce.DAY,
                qty == null ? position.qtyE8() : quantity(qty),
                OptionalLong.empty());
        Outcome outcome = Desk.await(desk.intake().place(sell, Desk.origin(security, requestId)));
        if (outcome.refusal().isPresent()) {
            throw new ProblemException(Problem.of(outcome.refusal().get()));
        }
        return OrderJson.of(desk.order(account.id(), outcome.subject().orElseThrow()));
    }

    private static Position find(Account account, String name) {
        return account.position(name)
                .or(() -> byAssetId(account, name))
                .orElseThrow(() -> new ProblemException(Problems.notFound("position does not exist: " + name)));
    }

    private static Optional<Position> byAssetId(Account account, String name) {
        return name.matches(UUID_PATTERN)
                ? account.positions().stream()
                        .filter(p -> OrderJson.assetId(p.symbol()).toString().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static long quantity(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,8})?") || Scale8.parse(text) == 0) {
            throw Params.wrong("qty", text, "a decimal above 0 with at most 8 decimals");
        }
        return Scale8.parse(text);
    }
}
