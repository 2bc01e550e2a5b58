package org.hmsach.mkt.data.internal.board;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the feed told last, by symbol, and the day bars made of it. One feed thread writes, everybody reads. */
public final class Board implements MarketDataFeed.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    /** The feed's own time. */
    public record FeedTime(long nowMs, LocalDate date, boolean open) {}

    private final XnysCalendar calendar;
    private final Map<String, Quote> quotes = new ConcurrentHashMap<>();
    private final Map<String, Trade> trades = new ConcurrentHashMap<>();
    private final Map<String, DayBars> bars = new ConcurrentHashMap<>();
    private final List<MarketListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<FeedTime> time = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();
    private volatile String lastLogged = "";
    private Session day;

    public Board(XnysCalendar calendar) {
        this.calendar = calendar;
        this.day = calendar.onOrAfter(LocalDate.of(XnysCalendar.FIRST_YEAR, 1, 1));
    }

    @Override
    public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
        quotes.put(quote.symbol(), quote);
        listeners.forEach(listener -> tell(() -> listener.onQuote(quote, bidUpdated, askUpdated)));
    }

    @Override
    public void trade(Trade trade) {
        // whoever sees the trade finds it in its day's bar
        bars.computeIfAbsent(trade.symbol(), DayBars::new).add(dayOf(trade.timeMs()), trade);
        trades.put(trade.symbol(), trade);
        listeners.forEach(listener -> tell(() -> listener.onTrade(trade)));
    }

    @Override
    public void time(long nowMs, LocalDate date, boolean open) {
        time = Optional.of(new FeedTime(nowMs, date, open));
    }

    @Override
    public void failed(String why) {
        if (!why.equals(lastLogged)) {
            LOG.error("no market data: {}", why);
        }
        lastLogged = why;
        failure = Optional.of(why);
    }

    /** A feed starts anew: what was wrong with the last one is over. */
    public void recovered() {
        failure = Optional.empty();
    }

    public Optional<Quote> quote(String symbol) {
        return Optional.ofNullable(quotes.get(symbol));
    }

    public Optional<Trade> lastTrade(String symbol) {
        return Optional.ofNullable(trades.get(symbol));
    }

    public List<Bar> bars(String symbol) {
        return Optional.ofNullable(bars.get(symbol)).map(DayBars::all).orElse(List.of());
    }

    public Optional<FeedTime> time() {
        return time;
    }

    public Optional<String> failure() {
        return failure;
    }

    public AutoCloseable subscribe(MarketListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A listener is another module's code: what it throws must not stop the feed for the others. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException theirs) {
            LOG.error("a listener to market data failed", theirs);
        }
    }

    /** The trading day that a trade counts for: off-session prints count for the next session. */
    private LocalDate dayOf(long timeMs) {
        LocalDate date = Instant.ofEpochMilli(timeMs).atZone(Session.ZONE).toLocalDate();
        if (!day.date().equals(date)) {
            day = calendar.onOrAfter(date);
        }
        return day.date();
    }
}
