package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.spi.mkt.MarketClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The newer form of the clock, by market; there is one market. */
@Component(
        service = ClocksResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.clocks", "hms.base=/v3/clock"})
@Path("")
public final class ClocksResource {
    private final MarketView market;

    @Activate
    public ClocksResource(@Reference MarketView market) {
        this.market = market;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Tells the time of the named markets.")
    public Map<String, Object> clocks(@QueryParam("markets") String markets) {
        CalendarsResource.requireMarket("markets", markets);
        MarketClock.MarketTime time = market.now();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("market", CalendarsResource.MARKET);
        json.put("timestamp", Params.newYork(time.nowMs()));
        json.put("is_market_day", time.open());
        json.put("next_market_open", Params.newYork(time.nextOpenMs()));
        json.put("next_market_close", Params.newYork(time.nextCloseMs()));
        json.put("phase", time.open() ? "core" : "closed");
        json.put("phase_until", Params.newYork(time.open() ? time.nextCloseMs() : time.nextOpenMs()));
        json.put("source", time.source());
        return Map.of("clocks", List.of(json));
    }
}
