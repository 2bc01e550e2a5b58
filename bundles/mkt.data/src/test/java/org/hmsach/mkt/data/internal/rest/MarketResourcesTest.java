package org.hmsach.mkt.data.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.mkt.data.internal.master.Catalogue;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.FakeMarketClock;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketResourcesTest {
    private final Instrument ibm = Samples.instrument("IBM", "paper");
    private final FakePortfolio portfolio = new FakePortfolio()
            .put(ibm)
            .put(new Instrument("OLD", ibm.currency(), ibm.tickE8(), 100_000_000L, InstrumentStatus.INACTIVE, "paper"));
    private final FakeMarketData data = new FakeMarketData();
    private final MarketView market = new View();

    /** The fakes of the two published services as one view. */
    private final class View implements MarketView {
        private final FakeMarketClock clock = new FakeMarketClock();

        @Override
        public FeedStatus feedStatus() {
            return new FeedStatus("sample", true, true, Optional.empty(), List.of("IBM"));
        }

        @Override
        public Catalogue.Listing listing(Instrument instrument) {
            return new Catalogue.Listing(instrument.symbol(), instrument.symbol() + " Inc.", "NYSE");
        }

        @Override
        public MarketTime now() {
            return clock.now();
        }

        @Override
        public String source() {
            return data.source();
        }

        @Override
        public Optional<Quote> quote(String symbol) {
            return data.quote(symbol);
        }

        @Override
        public Optional<Trade> lastTrade(String symbol) {
            return data.lastTrade(symbol);
        }

        @Override
        public Optional<ReferencePrice> reference(String symbol, boolean buy) {
            return data.reference(symbol, buy);
        }

        @Override
        public Optional<ReferencePrice> mark(String symbol) {
            return data.mark(symbol);
        }

        @Override
        public List<Bar> bars(String symbol, LocalDate from, LocalDate to) {
            return data.bars(symbol, from, to);
        }

        @Override
        public AutoCloseable subscribe(MarketListener listener) {
            return data.subscribe(listener);
        }
    }

    @Test
    void listsAssetsInTheDialect() {
        AssetsResource assets = new AssetsResource(portfolio, market);
        assertEquals(2, assets.list(null, null, null).size());
        assertEquals(1, assets.list("active", "us_equity", "NYSE").size());
        assertEquals(0, assets.list("active", "crypto", null).size());
        Map<String, Object> asset = assets.one("IBM");
        assertEquals(ibm.assetId().toString(), asset.get("id"));
        assertEquals("us_equity", asset.get("class"));
        assertEquals("IBM Inc.", asset.get("name"));
        assertEquals("0.01", asset.get("price_increment"));
        assertEquals(true, asset.get("tradable"));
        assertEquals(true, asset.get("fractionable"));
        assertEquals(asset, assets.one(ibm.assetId().toString()));
        assertEquals(false, assets.one("OLD").get("tradable"));
    }

    @Test
    void unknownAssetIs404AndBadFilter422() {
        AssetsResource assets = new AssetsResource(portfolio, market);
        assertEquals(404, status(() -> assets.one("NOPE")));
        assertEquals(404, status(() -> assets.one("../etc/passwd")));
        assertEquals(422, status(() -> assets.list("alive", null, null)));
    }

    @Test
    void tellsTheClockInNewYorkTime() {
        Map<String, Object> clock = new ClockResource(market).clock();
        assertEquals("2013-10-07T12:00:00-04:00", clock.get("timestamp"));
        assertEquals(true, clock.get("is_open"));
        Map<String, Object> clocks = new ClocksResource(market).clocks("XNYS");
        assertTrue(clocks.toString().contains("phase=core"), clocks::toString);
        assertEquals(422, status(() -> new ClocksResource(market).clocks("XLON")));
    }

    @Test
    void listsTheCalendarWithEarlyClosesAndSettlement() {
        List<Map<String, Object>> days =
                new CalendarResource(market).days("2026-11-25T00:00:00.000Z", "2026-11-30T00:00:00.000Z", "TRADING");
        assertEquals(
                List.of("2026-11-25", "2026-11-27", "2026-11-30"),
                days.stream().map(day -> day.get("date")).toList());
        assertEquals("13:00", days.get(1).get("close"));
        assertEquals("0930", days.get(1).get("session_open"));
        assertEquals("2026-11-27", days.get(0).get("settlement_date"));
        assertEquals(
                251,
                new CalendarResource(market)
                        .days("2026-01-01", "2026-12-31", null)
                        .size());
        assertEquals(
                "2026-11-25",
                new CalendarResource(market)
                        .days("2026-11-27", "2026-11-27", "SETTLEMENT")
                        .get(0)
                        .get("date"));
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow,   2026-01-01, TRADING",
        "2026-13-01, 2026-01-01, TRADING",
        "1900-01-01, 1900-02-01, TRADING",
        "2026-02-01, 2026-01-01, TRADING",
        "2000-01-01, 2020-01-01, TRADING",
        "2026-01-01, 2026-02-01, LUNAR"
    })
    void refusesBadCalendarQuestions(String start, String end, String type) {
        assertEquals(422, status(() -> new CalendarResource(market).days(start, end, type)));
    }

    @Test
    void showsPricesAsExactNumbersWithTheirSource() {
        data.quote("IBM", "185.40", "185.42").trade("IBM", "185.41", "100");
        StocksResource stocks = new StocksResource(portfolio, market);
        Map<?, ?> quote = (Map<?, ?>) stocks.lastQuote("IBM").get("quote");
        assertEquals(new BigDecimal("185.4"), quote.get("bp"));
        assertFalse(quote.get("source").toString().isEmpty());
        Map<?, ?> trade = (Map<?, ?>) stocks.lastTrade("IBM").get("trade");
        assertEquals(new BigDecimal("185.41"), trade.get("p"));
        assertEquals(new BigDecimal("100"), trade.get("s"));
        assertTrue(stocks.snapshots("IBM,OLD").containsKey("IBM"));
        assertFalse(stocks.lastQuotes("IBM,OLD").toString().contains("OLD"));
        assertTrue(stocks.snapshot("IBM").containsKey("latestQuote"));
    }

    @Test
    void listsDayBars() {
        data.bar(new Bar(
                "IBM", Samples.MONDAY, 100_000_000L, 200_000_000L, 100_000_000L, 150_000_000L, 700_000_000L, 9));
        StocksResource stocks = new StocksResource(portfolio, market);
        List<?> bars = (List<?>)
                stocks.bars("IBM", "1Day", "2013-10-01", "2013-10-31", null).get("bars");
        assertEquals(new BigDecimal("1.5"), ((Map<?, ?>) bars.get(0)).get("c"));
        assertEquals("2013-10-07T04:00:00Z", ((Map<?, ?>) bars.get(0)).get("t"));
        assertTrue(stocks.snapshot("IBM").containsKey("dailyBar"));
    }

    @Test
    void refusesUnknownSymbolsAndBadParameters() {
        StocksResource stocks = new StocksResource(portfolio, market);
        assertEquals(404, status(() -> stocks.lastQuote("NOPE")));
        assertEquals(404, status(() -> stocks.lastQuote("IBM")));
        assertEquals(422, status(() -> stocks.lastQuotes("")));
        assertEquals(422, status(() -> stocks.lastQuotes("ibm;drop")));
        assertEquals(422, status(() -> stocks.lastQuotes("A,".repeat(300))));
        assertEquals(422, status(() -> stocks.bars("IBM", "1Min", null, null, null)));
        assertEquals(422, status(() -> stocks.bars("IBM", "1Day", null, null, "-1")));
        assertEquals(422, status(() -> stocks.bars("IBM", "1Day", null, null, "99999999999")));
    }

    private static int status(Runnable call) {
        return assertThrows(ProblemException.class, call::run).problem().status();
    }
}
