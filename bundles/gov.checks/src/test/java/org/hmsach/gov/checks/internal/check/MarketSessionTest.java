package org.hmsach.gov.checks.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.testkit.contract.OrderCheckContract;
import org.hmsach.testkit.fake.FakeMarketClock;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarketSessionTest extends OrderCheckContract {
    private final FakeMarketClock clock = new FakeMarketClock();

    @Override
    protected OrderCheck check() {
        return check("refuse", "queue");
    }

    @ParameterizedTest
    @EnumSource(TimeInForce.class)
    void letsPassWhileTheMarketIsOpen(TimeInForce life) {
        assertTrue(ask(check("refuse", "refuse"), life).allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, refuse, queue,  false",
        "DAY, queue,  refuse, true",
        "GTC, refuse, queue,  true",
        "GTC, queue,  refuse, false",
        "IOC, queue,  queue,  false",
        "FOK, queue,  queue,  false"
    })
    void followsThePolicyWhileTheMarketIsClosed(TimeInForce life, String day, String gtc, boolean allowed) {
        clock.open(false);
        Verdict verdict = ask(check(day, gtc), life);
        assertEquals(allowed, verdict.allowed());
        assertTrue(verdict.detail().contains("the market is closed at 2013-10-07T16:00:00Z"), verdict::detail);
        assertEquals("false", verdict.inputs().get("open"));
    }

    @Test
    void refusesByNameWithoutAMarketClock() {
        MarketSession clockless =
                new MarketSession(Fixtures.policy(Rule.SESSION), new MarketTimes(new FakePlugIns()), new Tally());
        Verdict verdict = ask(clockless, TimeInForce.DAY);
        assertFalse(verdict.allowed());
        assertTrue(verdict.detail().contains("mkt.data"), verdict::detail);
    }

    @Test
    void refusesEverythingWhileItsPolicyCannotBeRead() {
        assertFalse(ask(new MarketSession(Fixtures.unreadable(), Fixtures.at(clock), new Tally()), TimeInForce.DAY)
                .allowed());
    }

    private MarketSession check(String day, String gtc) {
        return new MarketSession(
                Fixtures.policy(Rule.SESSION, "day_outside", day, "gtc_outside", gtc), Fixtures.at(clock), new Tally());
    }

    private static Verdict ask(OrderCheck check, TimeInForce life) {
        return check.check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "1", "100", life)));
    }
}
