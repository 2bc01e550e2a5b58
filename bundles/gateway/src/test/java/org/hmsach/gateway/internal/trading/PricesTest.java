package org.hmsach.gateway.internal.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePlugIns;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final String SPI = "MarketData";

    private final FakeMarketData market = new FakeMarketData();
    private final FakePlugIns guards = new FakePlugIns();
    private final Prices prices = new Prices(List.of(market), List.of(guards));

    @Test
    void areShownWhateverBecomesOfThePriceThatOrdersAreJudgedBy() {
        market.quote("SPY", "499", "501");
        guards.open(SPI, "prices");
        assertTrue(prices.quote("SPY").isPresent());
        guards.open(SPI, "display");
        assertEquals(Optional.empty(), prices.quote("SPY"));
    }
}
