package org.hmsach.mkt.data.internal.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.mkt.data.internal.Told;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.testkit.contract.MarketDataFeedContract;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class SimulatedFeedTest extends MarketDataFeedContract {
    @Override
    protected MarketDataFeed feed() {
        return feed(Map.of("IBM", Scale8.parse("305"), "BAC", Scale8.parse("52")));
    }

    @Test
    void isAlwaysLabelledAndHasPricesAtOnce() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed().start(told)) {
            assertTrue(told.lines().items().size() >= 4, run::toString);
        }
        told.lines().items().forEach(line -> assertTrue(line.endsWith(" simulated"), line));
    }

    @Test
    void sameSeedAndSymbolGiveTheSameWalk() {
        assertEquals(steps(7, "IBM", 5_000), steps(7, "IBM", 5_000));
        assertNotEquals(steps(7, "IBM", 100), steps(8, "IBM", 100));
        assertNotEquals(steps(7, "IBM", 100), steps(7, "BAC", 100));
    }

    @Test
    void staysNearItsStartWithSoundQuotes() {
        for (RandomWalk.Step step : steps(3, "IBM", 200_000)) {
            assertTrue(step.bidTicks() > 20_000 && step.bidTicks() < 40_000, step::toString);
            assertTrue(step.askTicks() > step.bidTicks() && step.askTicks() <= step.bidTicks() + 4, step::toString);
            assertTrue(step.bidUpdated() || step.askUpdated());
            assertTrue(step.delayMs() >= 0 && step.bidSize() > 0 && step.askSize() > 0);
            step.print()
                    .ifPresent(print -> assertTrue(print.size() > 0
                            && (print.priceTicks() == step.bidTicks() || print.priceTicks() == step.askTicks())));
        }
    }

    @Test
    void keepsAPennyStockAboveZero() {
        RandomWalk walk = new RandomWalk(1, "PNY", 1);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(walk.next().bidTicks() >= 1);
        }
    }

    @Test
    void refusesPricesOffTheTickAndNoSymbols() {
        assertThrows(IllegalArgumentException.class, () -> feed(Map.of("IBM", Scale8.parse("305.001"))));
        assertThrows(IllegalArgumentException.class, () -> feed(Map.of("IBM", 0L)));
        assertThrows(IllegalArgumentException.class, () -> feed(Map.of()));
        assertFalse(feed(Map.of("IBM", Scale8.parse("0.01"))).instruments().isEmpty());
    }

    private static List<RandomWalk.Step> steps(long seed, String symbol, int count) {
        RandomWalk walk = new RandomWalk(seed, symbol, 30_500);
        List<RandomWalk.Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(walk.next());
        }
        return steps;
    }

    private static SimulatedFeed feed(Map<String, Long> prices) {
        return new SimulatedFeed(prices, 1, Clock.systemUTC(), symbol -> Samples.instrument(symbol, "paper"));
    }
}
