package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The newer form of the calendar, by market; there is one market. */
@Component(
        service = CalendarsResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.calendars", "hms.base=/v3/calendar"})
@Path("")
public final class CalendarsResource {
    static final Map<String, Object> MARKET =
            Map.of("acronym", "NYSE", "name", "New York Stock Exchange", "timezone", "America/New_York", "mic", "XNYS");

    private final XnysCalendar calendar = new XnysCalendar();
    private final MarketView market;

    @Activate
    public CalendarsResource(@Reference MarketView market) {
        this.market = market;
    }

    @GET
    @Path("{market}")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Lists a market's trading days with the hours of the core session.")
    public Map<String, Object> days(
            @PathParam("market") String name, @QueryParam("start") String start, @QueryParam("end") String end) {
        requireMarket("market", name);
        List<LocalDate> range = CalendarResource.range(start, end, market.now().date());
        List<Map<String, Object>> days = calendar.sessions(range.get(0), range.get(1)).stream()
                .map(this::json)
                .toList();
        return Map.of("market", MARKET, "calendar", days);
    }

    static void requireMarket(String field, String name) {
        if (!"XNYS".equals(name) && !"NYSE".equals(name)) {
            throw Params.wrong(field, String.valueOf(name), "XNYS, the one market there is");
        }
    }

    private Map<String, Object> json(Session day) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", day.date().toString());
        json.put("core_start", Params.newYork(day.opensAt()));
        json.put("core_end", Params.newYork(day.closesAt()));
        json.put("settlement_date", calendar.after(day.date()).date().toString());
        return json;
    }
}
