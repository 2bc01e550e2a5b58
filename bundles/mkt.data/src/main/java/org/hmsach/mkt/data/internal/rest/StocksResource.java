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
import java.util.Optional;
import java.util.function.Function;
import org.hmsach.api.http.Doc;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.spi.mkt.Bar;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Last trades and quotes, day bars and snapshots, of one symbol or of several. */
@Component(
        service = StocksResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mkt.data.stocks", "hms.base=/v2/stocks"})
@Path("")
public final class StocksResource {
    private static final int MAX_BARS = 10_000;

    private final Portfolio portfolio;
    private final MarketView market;

    @Activate
    public StocksResource(@Reference Portfolio portfolio, @Reference MarketView market) {
        this.portfolio = portfolio;
        this.market = market;
    }

    @GET
    @Path("{symbol}/trades/latest")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows the last trade of a symbol.")
    public Map<String, Object> lastTrade(@PathParam("symbol") String symbol) {
        return told(symbol, "trade", trade(require(symbol)));
    }

    @GET
    @Path("{symbol}/quotes/latest")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows the best bid and offer of a symbol.")
    public Map<String, Object> lastQuote(@PathParam("symbol") String symbol) {
        return told(symbol, "quote", quote(require(symbol)));
    }

    @GET
    @Path("{symbol}/snapshot")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows last trade, quote, running and previous day bar of a symbol.")
    public Map<String, Object> snapshot(@PathParam("symbol") String symbol) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbol", require(symbol));
        snapshotOf(symbol).ifPresent(json::putAll);
        return json;
    }

    @GET
    @Path("{symbol}/bars")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Lists day bars of a symbol, oldest first.")
    public Map<String, Object> bars(
            @PathParam("symbol") String symbol,
            @QueryParam("timeframe") String timeframe,
            @QueryParam("start") String start,
            @QueryParam("end") String end,
            @QueryParam("limit") String limit) {
        requireDays(timeframe);
        LocalDate today = market.now().date();
        LocalDate from = Params.date("start", start).orElse(today);
        LocalDate to = Params.date("end", end).orElse(today);
        int max = Params.number("limit", limit, 1_000, MAX_BARS);
        List<Bar> bars = market.bars(require(symbol), from, to);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bars", bars.stream().limit(max).map(StockJson::bar).toList());
        json.put("symbol", symbol);
        json.put("next_page_token", null);
        return json;
    }

    @GET
    @Path("trades/latest")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows the last trades of symbols.")
    public Map<String, Object> lastTrades(@QueryParam("symbols") String symbols) {
        return Map.of("trades", each(symbols, this::trade));
    }

    @GET
    @Path("quotes/latest")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows the best bids and offers of symbols.")
    public Map<String, Object> lastQuotes(@QueryParam("symbols") String symbols) {
        return Map.of("quotes", each(symbols, this::quote));
    }

    @GET
    @Path("snapshots")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("Shows last trades, quotes and day bars of symbols.")
    public Map<String, Object> snapshots(@QueryParam("symbols") String symbols) {
        return each(symbols, this::snapshotOf);
    }

    private Optional<Map<String, Object>> trade(String symbol) {
        return market.lastTrade(symbol).map(StockJson::trade);
    }

    private Optional<Map<String, Object>> quote(String symbol) {
        return market.quote(symbol).map(StockJson::quote);
    }

    private Optional<Map<String, Object>> snapshotOf(String symbol) {
        LocalDate today = market.now().date();
        List<Bar> bars = market.bars(symbol, today.minusDays(10), today);
        Optional<Bar> last = bars.isEmpty() ? Optional.empty() : Optional.of(bars.get(bars.size() - 1));
        boolean running = last.isPresent() && last.get().date().equals(today);
        Map<String, Object> json = new LinkedHashMap<>();
        trade(symbol).ifPresent(trade -> json.put("latestTrade", trade));
        quote(symbol).ifPresent(quote -> json.put("latestQuote", quote));
        last.filter(bar -> running).ifPresent(bar -> json.put("dailyBar", StockJson.bar(bar)));
        bars.stream()
                .filter(bar -> bar.date().isBefore(today))
                .reduce((earlier, later) -> later)
                .ifPresent(bar -> json.put("prevDailyBar", StockJson.bar(bar)));
        return json.isEmpty() ? Optional.empty() : Optional.of(json);
    }

    /** Symbols without an answer are left out, as the dialect does. */
    private Map<String, Object> each(String symbols, Function<String, Optional<Map<String, Object>>> answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        Params.symbols(symbols).forEach(symbol -> answer.apply(symbol).ifPresent(found -> json.put(symbol, found)));
        return json;
    }

    private static Map<String, Object> told(String symbol, String what, Optional<Map<String, Object>> found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbol", symbol);
        json.put(
                what,
                found.orElseThrow(
                        () -> Instruments.notFound("symbol", "no " + what + " of " + symbol + " is known yet")));
        return json;
    }

    private String require(String symbol) {
        return Instruments.require(portfolio, symbol).symbol();
    }

    private static void requireDays(String timeframe) {
        if (timeframe != null && !timeframe.isEmpty() && !timeframe.equals("1Day") && !timeframe.equals("1D")) {
            throw Params.wrong("timeframe", timeframe, "1Day; other bars are not kept");
        }
    }
}
