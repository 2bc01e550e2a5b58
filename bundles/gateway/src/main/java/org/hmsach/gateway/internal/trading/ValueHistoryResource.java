package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.hmsach.api.http.Doc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Value of an account over time, from the journalled marks. */
@Component(
        service = ValueHistoryResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gateway.portfolio-history",
            "hms.base=/v2/account/portfolio/history"
        })
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class ValueHistoryResource {
    private final Desk desk;

    @Activate
    public ValueHistoryResource(@Reference Desk desk) {
        this.desk = desk;
    }

    @GET
    @Doc(
            value = "Value and profit over time: period (1D, 2W, 1M, 1A, all), timeframe (1Min … 1D), start, end.",
            kind = "account.history")
    public Response history(@Context UriInfo uri, @Context SecurityContext security) {
        MultivaluedMap<String, String> params = uri.getQueryParameters();
        ValueHistory.Window window = ValueHistory.window(
                params.getFirst("period"),
                params.getFirst("timeframe"),
                Times.parse("start", params.getFirst("start")),
                Times.parse("end", params.getFirst("end")),
                System.currentTimeMillis());
        UUID account = Desk.accountId(security);
        return desk.stored(stored -> stored.answer(ValueHistory.json(
                stored.history().values(account, window.fromMs(), window.toMs()), window.timeframe())));
    }
}
