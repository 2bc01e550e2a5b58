package org.hmsach.testkit.fake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;

/** Prices that a test sets; listeners hear of each on the test's thread. Thread-safe. */
public final class FakeMarketData implements MarketData {
    private static final String SOURCE = "fake";
    private final Map<String, Quote> quotes = new ConcurrentHashMap<>();
    private final Map<String, Trade> trades = new ConcurrentHashMap<>();
    private final Map<String, List<Bar>> bars = new ConcurrentHashMap<>();
    private final List<MarketListener> listeners = new CopyOnWriteArrayList<>();

    /** Tells a quote with 1,000 units on both sides; both sides count as told just now. */
    public FakeMarketData quote(String symbol, String bid, String ask) {
        return quote(symbol, bid, "1000", ask, "1000");
    }

    /** Tells a quote; both sides count as told just now. */
    public FakeMarketData quote(String symbol, String bid, String bidQty, String ask, String askQty) {
        return tell(
                new Quote(
                        symbol,
                        Scale8.parse(bid),
                        Scale8.parse(bidQty),
                        Scale8.parse(ask),
                        Scale8.parse(askQty),
                        Samples.NOON_MS,
                        SOURCE),
                true,
                true);
    }

    /** Tells a quote of which only the named sides were told just now. */
    public FakeMarketData tell(Quote quote, boolean bidUpdated, boolean askUpdated) {
        quotes.put(quote.symbol(), quote);
        listeners.forEach(listener -> listener.onQuote(quote, bidUpdated, askUpdated));
        return this;
    }

    /** Tells a trade. */
    public FakeMarketData trade(String symbol, String price, String qty) {
        Trade trade = new Trade(symbol, Scale8.parse(price), Scale8.parse(qty), Samples.NOON_MS, SOURCE);
        trades.put(symbol, trade);
        listeners.forEach(listener -> listener.onTrade(trade));
        return this;
    }

    /** Adds a day bar. */
    public FakeMarketData bar(Bar bar) {
        bars.computeIfAbsent(bar.symbol(), symbol -> new CopyOnWriteArrayList<>())
                .add(bar);
        return this;
    }

    /** Forgets all prices of a symbol, without telling. */
    public void forget(String symbol) {
        quotes.remove(symbol);
        trades.remove(symbol);
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public Optional<Quote> quote(String symbol) {
        return Optional.ofNullable(quotes.get(symbol));
    }

    @Override
    public Optional<Trade> lastTrade(String symbol) {
        return Optional.ofNullable(trades.get(symbol));
    }

    @Override
    public Optional<ReferencePrice> reference(String symbol, boolean buy) {
        return quote(symbol)
                .map(quote -> price(buy ? quote.askE8() : quote.bidE8(), quote.timeMs()))
                .or(() -> lastTrade(symbol).map(trade -> price(trade.priceE8(), trade.timeMs())));
    }

    @Override
    public Optional<ReferencePrice> mark(String symbol) {
        return lastTrade(symbol)
                .map(trade -> price(trade.priceE8(), trade.timeMs()))
                .or(() -> quote(symbol).map(quote -> price((quote.bidE8() + quote.askE8()) / 2, quote.timeMs())));
    }

    @Override
    public List<Bar> bars(String symbol, LocalDate from, LocalDate to) {
        List<Bar> found = new ArrayList<>(bars.getOrDefault(symbol, List.of()));
        found.removeIf(bar -> bar.date().isBefore(from) || bar.date().isAfter(to));
        return found;
    }

    @Override
    public AutoCloseable subscribe(MarketListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many are subscribed: a module that stopped must have closed its handle. */
    public int subscribers() {
        return listeners.size();
    }

    private static ReferencePrice price(long priceE8, long timeMs) {
        return new ReferencePrice(priceE8, SOURCE, timeMs);
    }
}
