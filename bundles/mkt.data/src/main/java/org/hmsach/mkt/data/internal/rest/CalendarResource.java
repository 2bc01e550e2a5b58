package org.hmsach.mkt.data.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

/** Trading days with their hours. */
@Component(
        service = CalendarResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.calendar", "hms.base=/v2/calendar"})
@Path("")
public final class CalendarResource {
    private static final int MAX_YEARS = 10;

    private final XnysCalendar calendar = new XnysCalendar();
    private final MarketView market;

    @Activate
    public CalendarResource(@Reference MarketView market) {
        this.market = market;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Lists trading days from start to end; without them, a year from the market's date on.")
    public List<Map<String, Object>> days(
            @QueryParam("start") String start, @QueryParam("end") String end, @QueryParam("date_type") String type) {
        boolean bySettlement = "SETTLEMENT".equalsIgnoreCase(type);
        if (type != null && !type.isEmpty() && !bySettlement && !"TRADING".equalsIgnoreCase(type)) {
            throw Params.wrong("date_type", type, "TRADING or SETTLEMENT");
        }
        List<LocalDate> range = range(start, end, market.now().date());
        LocalDate from = range.get(0);
        LocalDate to = range.get(1);
        return calendar.sessions(bySettlement ? from.minusDays(10) : from, to).stream()
                .filter(day -> !bySettlement || within(settlement(day), from, to))
                .map(this::json)
                .toList();
    }

    /** Start and end, at most ten years apart. */
    static List<LocalDate> range(String start, String end, LocalDate today) {
        LocalDate from = Params.date("start", start).orElse(today);
        LocalDate to = Params.date("end", end).orElse(from.plusYears(1));
        if (to.isBefore(from) || to.isAfter(from.plusYears(MAX_YEARS))) {
            throw Params.wrong(
                    "end", to.toString(), "a date from start, " + from + ", to " + MAX_YEARS + " years later");
        }
        return List.of(from, to);
    }

    private Map<String, Object> json(Session day) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", day.date().toString());
        json.put("open", day.open().toString());
        json.put("close", day.close().toString());
        json.put("session_open", digits(day.open().toString()));
        json.put("session_close", digits(day.close().toString()));
        json.put("settlement_date", settlement(day).toString());
        return json;
    }

    private LocalDate settlement(Session day) {
        return calendar.after(day.date()).date();
    }

    private static boolean within(LocalDate date, LocalDate from, LocalDate to) {
        return !date.isBefore(from) && !date.isAfter(to);
    }

    private static String digits(String time) {
        return time.replace(":", "");
    }
}
