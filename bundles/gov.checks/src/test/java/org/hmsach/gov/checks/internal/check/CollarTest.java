package org.hmsach.gov.checks.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hmsach.api.order.Side;
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

class CollarTest extends OrderCheckContract {
    private final FakeMarketClock clock = new FakeMarketClock();
    private final Tally tally = new Tally();
    private final Collar collar =
            new Collar(Fixtures.policy(Rule.COLLAR, "hard_bp", "1000", "soft_bp", "500"), Fixtures.at(clock), tally);

    @Override
    protected OrderCheck check() {
        return collar;
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,  110.00,       true",
        "BUY,  110.00000001, false",
        "BUY,  0.01,         true",
        "SELL, 90.00,        true",
        "SELL, 89.99999999,  false",
        "SELL, 5000.00,      true"
    })
    void hardCollarIsExactAndOnTheWorseSideOnly(Side side, String limit, boolean allowed) {
        Verdict verdict = collar.check(Fixtures.at("100", Samples.limit(side, "IBM", "10", limit)));
        assertEquals(allowed, verdict.allowed(), verdict::detail);
    }

    @ParameterizedTest
    @CsvSource({"BUY, 105.00, ''", "BUY, 105.00000001, soft", "SELL, 95.00, ''", "SELL, 94.99999999, soft"})
    void softCollarLetsPassWithARemark(Side side, String limit, String remark) {
        Verdict verdict = collar.check(Fixtures.at("100", Samples.limit(side, "IBM", "10", limit)));
        assertTrue(verdict.allowed());
        assertEquals(!remark.isEmpty(), verdict.detail().contains("soft collar"), verdict::detail);
    }

    @Test
    void namesValueAndLimitAndRecordsInputs() {
        Verdict verdict = collar.check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "10", "111.5")));
        assertEquals(
                "limit price 111.5 is more than 10 % above the reference price 100 (hard collar)", verdict.detail());
        assertEquals("entry-7", verdict.policyVersion());
        assertEquals("100", verdict.inputs().get("reference"));
        assertEquals("111.5", verdict.inputs().get("limit_price"));
        assertEquals("sample", verdict.inputs().get("source"));
        assertEquals("1000", verdict.inputs().get("hard_bp"));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "60000, true", "60001, false", "-60000, true", "-60001, false"})
    void marketOrderNeedsAFreshReference(long ageMs, boolean allowed) {
        clock.set(Samples.NOON_MS + ageMs, Samples.MONDAY, true);
        assertEquals(
                allowed,
                collar.check(Fixtures.at("100", Samples.market(Side.BUY, "IBM", "1")))
                        .allowed());
    }

    @Test
    void marketOrderWithoutReferenceOrClockIsRefused() {
        assertFalse(collar.check(Fixtures.withoutReference(Samples.market(Side.BUY, "IBM", "1")))
                .allowed());
        Collar clockless = new Collar(Fixtures.policy(Rule.COLLAR), new MarketTimes(new FakePlugIns()), tally);
        assertFalse(clockless
                .check(Fixtures.at("100", Samples.market(Side.BUY, "IBM", "1")))
                .allowed());
        assertTrue(clockless
                .check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "1", "100")))
                .allowed());
    }

    @Test
    void limitOrderWithoutReferenceFollowsThePolicy() {
        assertFalse(collar.check(Fixtures.withoutReference(Samples.limit(Side.BUY, "IBM", "1", "100")))
                .allowed());
        Collar lenient =
                new Collar(Fixtures.policy(Rule.COLLAR, "limit_without_reference", "allow"), Fixtures.at(clock), tally);
        assertTrue(lenient.check(Fixtures.withoutReference(Samples.limit(Side.BUY, "IBM", "1", "100")))
                .allowed());
    }

    @Test
    void refusesEverythingWhileItsPolicyCannotBeRead() {
        Collar blind = new Collar(Fixtures.unreadable(), Fixtures.at(clock), tally);
        Verdict verdict = blind.check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "1", "100")));
        assertFalse(verdict.allowed());
        assertEquals("none", verdict.policyVersion());
    }

    @Test
    void countsWhatItWasAskedAndDenied() {
        collar.check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "1", "100")));
        collar.check(Fixtures.at("100", Samples.limit(Side.BUY, "IBM", "1", "200")));
        assertEquals(2, tally.asked("gov.collar"));
        assertEquals(1, tally.denied("gov.collar"));
    }
}
