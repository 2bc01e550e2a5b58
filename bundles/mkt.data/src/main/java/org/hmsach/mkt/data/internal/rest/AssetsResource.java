package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be traded: the core's instruments with the names they are shown by. */
@Component(
        service = AssetsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.assets", "hms.base=/v2/assets"})
@Path("")
public final class AssetsResource {
    private final Portfolio portfolio;
    private final MarketView market;

    @Activate
    public AssetsResource(@Reference Portfolio portfolio, @Reference MarketView market) {
        this.portfolio = portfolio;
        this.market = market;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Lists instruments, filtered by status, asset class and exchange.")
    public List<Map<String, Object>> list(
            @QueryParam("status") String status,
            @QueryParam("asset_class") String assetClass,
            @QueryParam("exchange") String exchange) {
        if (!empty(status) && !status.equals("active") && !status.equals("inactive") && !status.equals("all")) {
            throw Params.wrong("status", status, "active, inactive or all");
        }
        return portfolio.instruments().stream()
                .filter(instrument -> empty(status)
                        || status.equals("all")
                        || AssetJson.status(instrument).equals(status))
                .filter(instrument -> empty(assetClass) || assetClass.equals(AssetJson.CLASS))
                .filter(instrument ->
                        empty(exchange) || market.listing(instrument).exchange().equals(exchange))
                .map(this::json)
                .toList();
    }

    @GET
    @Path("{symbol}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows one instrument by symbol or asset id.")
    public Map<String, Object> one(@PathParam("symbol") String symbol) {
        return json(Instruments.require(portfolio, symbol));
    }

    private Map<String, Object> json(Instrument instrument) {
        return AssetJson.of(instrument, market.listing(instrument));
    }

    private static boolean empty(String text) {
        return text == null || text.isEmpty();
    }
}
