package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.spi.mkt.MarketClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Market time: real, replayed or the demo's own; {@code source} says which. */
@Component(
        service = ClockResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.clock", "hms.base=/v2/clock"})
@Path("")
public final class ClockResource {
    private final MarketView market;

    @Activate
    public ClockResource(@Reference MarketView market) {
        this.market = market;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Tells market time, whether the market is open, and when it opens and closes next.")
    public Map<String, Object> clock() {
        MarketClock.MarketTime time = market.now();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("timestamp", Params.newYork(time.nowMs()));
        json.put("is_open", time.open());
        json.put("next_open", Params.newYork(time.nextOpenMs()));
        json.put("next_close", Params.newYork(time.nextCloseMs()));
        json.put("date", time.date().toString());
        json.put("source", time.source());
        return json;
    }
}
