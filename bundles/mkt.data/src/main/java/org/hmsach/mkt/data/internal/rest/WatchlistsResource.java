package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.mkt.data.internal.watchlist.Watchlist;
import org.hmsach.mkt.data.internal.watchlist.WatchlistStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** An account's watchlists. */
@Component(
        service = WatchlistsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.watchlists", "hms.base=/v2/watchlists"
        })
@Path("")
public final class WatchlistsResource {
    private static final String UUID_SHAPE = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Portfolio portfolio;
    private final MarketView market;
    private final WatchlistStore store;

    @Activate
    public WatchlistsResource(
            @Reference Portfolio portfolio, @Reference MarketView market, @Reference WatchlistStore store) {
        this.portfolio = portfolio;
        this.market = market;
        this.store = store;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Lists the account's watchlists, without their assets.")
    public List<Map<String, Object>> list(@Context SecurityContext security) {
        return store.of(account(security)).stream()
                .map(WatchlistsResource::head)
                .toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Makes a watchlist.")
    public Map<String, Object> make(Map<String, Object> fields, @Context SecurityContext security) {
        Body body = new Body(fields);
        String name = body.text("name", Watchlist.MAX_NAME);
        List<String> symbols = body.has("symbols") ? symbols(body) : List.of();
        body.done();
        long nowMs = System.currentTimeMillis();
        Watchlist list = new Watchlist(UUID.randomUUID(), account(security), name, symbols, nowMs, nowMs);
        if (!store.add(list)) {
            throw Params.wrong(
                    "name", name, "a name that no other list has, of at most " + Watchlist.MAX_LISTS + " lists");
        }
        return whole(list);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows a watchlist with its assets.")
    public Map<String, Object> one(@PathParam("id") String id, @Context SecurityContext security) {
        return whole(require(id, security));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Replaces name or symbols of a watchlist.")
    public Map<String, Object> replace(
            @PathParam("id") String id, Map<String, Object> fields, @Context SecurityContext security) {
        Watchlist list = require(id, security);
        Body body = new Body(fields);
        String name = body.optionalText("name", Watchlist.MAX_NAME).orElse(list.name());
        List<String> symbols = body.has("symbols") ? symbols(body) : list.symbols();
        body.done();
        return change(list, name, symbols);
    }

    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Adds an asset to a watchlist.")
    public Map<String, Object> add(
            @PathParam("id") String id, Map<String, Object> fields, @Context SecurityContext security) {
        Watchlist list = require(id, security);
        Body body = new Body(fields);
        String symbol = known(body.text("symbol", Instrument.SYMBOL_PATTERN));
        body.done();
        List<String> symbols = new ArrayList<>(list.symbols());
        symbols.add(symbol);
        if (symbols.size() > Watchlist.MAX_SYMBOLS) {
            throw Params.wrong("symbol", symbol, "at most the " + Watchlist.MAX_SYMBOLS + "th symbol of a list");
        }
        return change(list, list.name(), symbols);
    }

    @DELETE
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Removes a watchlist.")
    public void remove(@PathParam("id") String id, @Context SecurityContext security) {
        Watchlist list = require(id, security);
        store.remove(list.account(), list.id());
    }

    @DELETE
    @Path("{id}/{symbol}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Takes an asset out of a watchlist.")
    public Map<String, Object> takeOut(
            @PathParam("id") String id, @PathParam("symbol") String symbol, @Context SecurityContext security) {
        Watchlist list = require(id, security);
        if (!list.symbols().contains(symbol)) {
            throw Instruments.notFound("symbol", "the watchlist does not hold " + Instruments.shown(symbol));
        }
        return change(
                list,
                list.name(),
                list.symbols().stream().filter(held -> !held.equals(symbol)).toList());
    }

    private Map<String, Object> change(Watchlist list, String name, List<String> symbols) {
        long nowMs = System.currentTimeMillis();
        Watchlist next = new Watchlist(list.id(), list.account(), name, symbols, list.createdMs(), nowMs);
        if (!store.change(next, nowMs)) {
            throw Params.wrong("name", name, "a name that no other list has");
        }
        return whole(next);
    }

    private List<String> symbols(Body body) {
        return body.texts("symbols", Watchlist.MAX_SYMBOLS, Instrument.SYMBOL_PATTERN).stream()
                .map(this::known)
                .toList();
    }

    private String known(String symbol) {
        if (portfolio.instrument(symbol).isEmpty()) {
            throw Params.wrong("symbol", symbol, "one of /v2/assets");
        }
        return symbol;
    }

    private Watchlist require(String id, SecurityContext security) {
        UUID account = account(security);
        return Optional.of(id)
                .filter(text -> text.matches(UUID_SHAPE))
                .flatMap(text -> store.one(account, UUID.fromString(text)))
                .orElseThrow(() -> Instruments.notFound("id", "watchlist not found for " + Instruments.shown(id)));
    }

    private static UUID account(SecurityContext security) {
        return ((Caller) security.getUserPrincipal())
                .account()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(403, "NOT_AUTHORISED", "watchlists belong to an account and the caller has none")));
    }

    private Map<String, Object> whole(Watchlist list) {
        Map<String, Object> json = head(list);
        json.put(
                "assets",
                list.symbols().stream()
                        .flatMap(symbol -> portfolio.instrument(symbol).stream())
                        .map(instrument -> AssetJson.of(instrument, market.listing(instrument)))
                        .toList());
        return json;
    }

    private static Map<String, Object> head(Watchlist list) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", list.id().toString());
        json.put("account_id", list.account().toString());
        json.put("name", list.name());
        json.put("created_at", Instant.ofEpochMilli(list.createdMs()).toString());
        json.put("updated_at", Instant.ofEpochMilli(list.updatedMs()).toString());
        return json;
    }
}
