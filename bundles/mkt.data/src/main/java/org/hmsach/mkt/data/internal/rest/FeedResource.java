package org.hmsach.mkt.data.internal.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Role;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where prices come from and whether they come, for operators. */
@Component(
        service = FeedResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.feed", "hms.base=/mkt/v1/feed"})
@Path("")
public final class FeedResource {
    private final MarketView market;

    @Activate
    public FeedResource(@Reference MarketView market) {
        this.market = market;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.COMPLIANCE_NAME, Role.ADMIN_NAME})
    @Doc("Shows the market data feed: name, whether it runs, why not, its symbols and its time.")
    public Map<String, Object> feed() {
        MarketView.FeedStatus status = market.feedStatus();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("feed", status.name());
        json.put("running", status.running());
        json.put("failure", status.failure().orElse(null));
        json.put("symbols", status.symbols());
        json.put("time", Params.newYork(market.now().nowMs()));
        json.put("time_source", market.now().source());
        return json;
    }
}
