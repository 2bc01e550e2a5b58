package org.hmsach.mkt.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.mkt.data.internal.lean.LeanFiles;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketDataServiceTest {
    @TempDir
    Path root;

    private final FakePortfolio portfolio = new FakePortfolio().session(Optional.empty(), false);
    private final FakeDoor door = new FakeDoor();
    private final List<MarketDataService> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(MarketDataService::stop);
    }

    @Test
    void simulatedMarketHasPricesInstrumentsAndADateAtOnce() {
        MarketDataService market = start(Map.of("session", "open"));
        assertEquals("simulated", market.source());
        assertTrue(market.now().open());
        ReferencePrice buy = market.reference("IBM", true).orElseThrow();
        ReferencePrice sell = market.reference("IBM", false).orElseThrow();
        assertTrue(buy.priceE8() > sell.priceE8());
        assertEquals("simulated ask", buy.source());
        assertEquals("simulated trade", market.mark("IBM").orElseThrow().source());
        assertEquals(Optional.empty(), market.reference("XYZ", true));
        Commands.OpenBusinessDate opened = door.await(Commands.OpenBusinessDate.class);
        assertEquals(market.now().date(), opened.date());
        assertTrue(opened.settleDate().isAfter(opened.date()));
        // all of them are offered again, until the core has them
        assertEquals(
                5, Set.copyOf(door.commands(Commands.DefineInstrument.class)).size());
        assertTrue(market.feedStatus().running());
    }

    @Test
    void replayIsChosenByItsFolderAndTellsItsOwnTime() throws IOException {
        LeanFiles.tick(root, "ibm", "20131010_trade", "34200000,1800500,10,P,0,0", "57599999,1800400,20,P,0,0");
        LeanFiles.daily(root, "ibm", "20131009 00:00,1,2,1,2,5");
        MarketDataService market = start(Map.of("dir", root.toString(), "session", "open"));
        Recording<Trade> trades = new Recording<>();
        market.subscribe(new MarketListener() {
            @Override
            public void onTrade(Trade trade) {
                trades.add(trade);
            }
        });
        assertEquals("replay", market.source());
        assertEquals("replay", market.now().source());
        assertEquals(LocalDate.of(2013, 10, 10), market.now().date());
        assertEquals(
                LocalDate.of(2013, 10, 10),
                door.await(Commands.OpenBusinessDate.class).date());
        if (market.lastTrade("IBM").isEmpty()) {
            trades.await(1);
        }
        assertEquals(
                "replay:2013-10-10 trade",
                market.reference("IBM", true).orElseThrow().source());
        assertEquals(
                2,
                market.bars("IBM", LocalDate.of(2013, 10, 1), LocalDate.of(2013, 10, 31))
                        .size());
        assertEquals(List.of(), market.bars("IBM", LocalDate.of(2013, 10, 31), LocalDate.of(2013, 10, 1)));
    }

    @Test
    void brokenDataStopsTheStartWithItsReason() throws IOException {
        Path file = LeanFiles.tick(root, "ibm", "20131010_trade", "34200000,oops,10,P,0,0");
        MarketDataService market = start(Map.of("dir", root.toString()));
        assertEquals(
                Optional.of(file + " line 1: price 'oops' is not a whole number"),
                market.feedStatus().failure());
        assertFalse(market.now().open());
        Result health = new FeedHealth(market).execute();
        assertEquals(Result.Status.CRITICAL, health.getStatus());
        assertTrue(health.toString().contains("price 'oops'"), health::toString);
        assertEquals(List.of(), door.sent().items());
    }

    @Test
    void refusesWrongConfigurationByName() throws IOException {
        assertRefused("session=closed must be open, calendar or replay", Map.of("session", "closed"));
        assertRefused("feed=replay needs dir", Map.of("feed", "replay"));
        assertRefused("symbols has 'IBM'", Map.of("symbols", new String[] {"IBM"}));
        assertRefused("speed -1 is outside", Map.of("dir", tick().toString(), "speed", -1L));
    }

    @Test
    void aVendorsFeedIsWaitedForByName() {
        MarketDataService market = start(Map.of("feed", "acme"));
        assertEquals("acme", market.source());
        assertTrue(market.feedStatus().startable());
        assertEquals(List.of(), market.feedStatus().symbols());
        assertEquals(Optional.empty(), market.quote("IBM"));
    }

    @Test
    void marksAtTheLastTrade() {
        MarketDataService market = start(Map.of("symbols", new String[] {"ABC:10.00"}));
        Trade last;
        ReferencePrice mark;
        do { // until no trade comes in between
            last = market.lastTrade("ABC").orElseThrow();
            mark = market.mark("ABC").orElseThrow();
        } while (!last.equals(market.lastTrade("ABC").orElseThrow()));
        assertEquals(Scale8.text(last.priceE8()), Scale8.text(mark.priceE8()));
    }

    private void assertRefused(String start, Map<String, Object> values) {
        String failure = start(values).feedStatus().failure().orElseThrow();
        assertTrue(failure.startsWith(start), failure);
    }

    private Path tick() throws IOException {
        LeanFiles.tick(root, "ibm", "20131010_trade", "34200000,1800500,10,P,0,0");
        return root;
    }

    private MarketDataService start(Map<String, Object> values) {
        MarketDataService.Config config = (MarketDataService.Config) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MarketDataService.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
        MarketDataService service =
                new MarketDataService(config, portfolio, door, new FakeDuty(true), new FakePlugIns());
        started.add(service);
        return service;
    }
}
