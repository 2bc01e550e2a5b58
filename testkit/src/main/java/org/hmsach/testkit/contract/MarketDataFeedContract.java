package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.Recording;
import org.junit.jupiter.api.Test;

/** What mkt.data relies on when it starts a {@link MarketDataFeed}. */
public abstract class MarketDataFeedContract {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int ENOUGH = 20;

    /** The feed to be tested, set up so that it tells at least 20 quotes or trades within seconds. */
    protected abstract MarketDataFeed feed();

    @Test
    void namesItself() {
        assertTrue(feed().name().matches("[a-z0-9-]{1,32}"), () -> feed().name());
    }

    @Test
    void listsEachInstrumentOnce() {
        List<Instrument> instruments = feed().instruments();
        assertFalse(instruments.isEmpty(), "no instruments");
        assertEquals(instruments.size(), symbols(instruments).size(), "a symbol is listed twice");
    }

    @Test
    void tellsPricesOfTheListedInstrumentsOnly() {
        MarketDataFeed feed = feed();
        Told told = new Told();
        try (MarketDataFeed.Run run = feed.start(told)) {
            Set<String> listed = symbols(feed.instruments());
            for (Price price : told.prices.await(ENOUGH)) {
                assertTrue(listed.contains(price.symbol()), () -> run + " tells " + price.symbol());
                assertTrue(!price.source().isBlank() && price.source().length() <= 64, price::source);
            }
        }
        assertEquals(List.of(), told.failures.items());
    }

    @Test
    void neverGoesBackInTime() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed().start(told)) {
            Map<String, Long> last = new HashMap<>();
            for (Price price : told.prices.await(ENOUGH)) {
                long before = last.getOrDefault(price.symbol(), Long.MIN_VALUE);
                assertTrue(price.timeMs() >= before, () -> run + ": " + price + " after " + before);
                last.put(price.symbol(), price.timeMs());
            }
        }
    }

    @Test
    void tellsFromOneThreadAtATime() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed().start(told)) {
            told.prices.await(ENOUGH);
            assertEquals(0, told.overlaps.get(), () -> run + " called the sink while it was busy");
        }
    }

    @Test
    void isSilentOnceClosed() {
        Told told = new Told();
        MarketDataFeed.Run run = feed().start(told);
        told.prices.await(1);
        run.close();
        told.prices.clear();
        assertFalse(told.prices.comes(price -> true, QUIET), () -> "told " + told.prices.items());
        run.close();
    }

    @Test
    void startsAgainAfterItWasClosed() {
        MarketDataFeed feed = feed();
        for (int i = 0; i < 2; i++) {
            Told told = new Told();
            try (MarketDataFeed.Run run = feed.start(told)) {
                assertFalse(told.prices.await(1).isEmpty(), run::toString);
            }
        }
    }

    private static Set<String> symbols(List<Instrument> instruments) {
        return instruments.stream().map(Instrument::symbol).collect(Collectors.toSet());
    }

    private record Price(String symbol, long timeMs, String source) {}

    private static final class Told implements MarketDataFeed.Sink {
        private final Recording<Price> prices = new Recording<>();
        private final Recording<String> failures = new Recording<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();

        @Override
        public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
            take(new Price(quote.symbol(), quote.timeMs(), quote.source()));
        }

        @Override
        public void trade(Trade trade) {
            take(new Price(trade.symbol(), trade.timeMs(), trade.source()));
        }

        @Override
        public void time(long nowMs, LocalDate date, boolean open) {
            enter();
            inside.decrementAndGet();
        }

        @Override
        public void failed(String why) {
            failures.add(why);
        }

        private void take(Price price) {
            enter();
            prices.add(price);
            inside.decrementAndGet();
        }

        private void enter() {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
        }
    }
}
