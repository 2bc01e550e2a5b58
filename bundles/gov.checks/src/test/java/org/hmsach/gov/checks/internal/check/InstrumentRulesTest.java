package org.hmsach.gov.checks.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.testkit.contract.OrderCheckContract;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentRulesTest extends OrderCheckContract {
    private final InstrumentRules check = new InstrumentRules(Fixtures.policy(Rule.INSTRUMENT), new Tally());

    @Override
    protected OrderCheck check() {
        return check;
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, true", "HALTED, false", "INACTIVE, false"})
    void onlyActiveInstrumentsAreTraded(InstrumentStatus status, boolean allowed) {
        Verdict verdict = check.check(
                Fixtures.of(Fixtures.instrument("0.01", "1", status), Samples.limit(Side.BUY, "IBM", "1", "100")));
        assertEquals(allowed, verdict.allowed(), verdict::detail);
    }

    @ParameterizedTest
    @CsvSource({
        "1,      1,          true",
        "1,      1.5,        false",
        "0.0001, 1.5,        true",
        "0.0001, 0.0001,     true",
        "0.0001, 0.00009999, false",
        "100,    200,        true",
        "100,    150,        false"
    })
    void quantityIsAMultipleOfTheLot(String lot, String qty, boolean allowed) {
        Verdict verdict = check.check(Fixtures.of(
                Fixtures.instrument("0.01", lot, InstrumentStatus.ACTIVE), Samples.market(Side.BUY, "IBM", qty)));
        assertEquals(allowed, verdict.allowed(), verdict::detail);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 185.40, true", "0.01, 185.405, false", "0.05, 185.40, true", "0.05, 185.41, false"})
    void limitPriceIsAMultipleOfTheTick(String tick, String price, boolean allowed) {
        Verdict verdict = check.check(Fixtures.of(
                Fixtures.instrument(tick, "1", InstrumentStatus.ACTIVE), Samples.limit(Side.BUY, "IBM", "1", price)));
        assertEquals(allowed, verdict.allowed(), verdict::detail);
    }

    @Test
    void refusesPartsWhereThePolicySaysSo() {
        InstrumentRules whole =
                new InstrumentRules(Fixtures.policy(Rule.INSTRUMENT, "fractional", "refuse"), new Tally());
        assertFalse(whole.check(Fixtures.at("100", Samples.market(Side.BUY, "IBM", "0.5")))
                .allowed());
        assertTrue(whole.check(Fixtures.at("100", Samples.market(Side.BUY, "IBM", "5")))
                .allowed());
    }

    @Test
    void namesValueAndStep() {
        Verdict verdict = check.check(Fixtures.of(
                Fixtures.instrument("0.01", "1", InstrumentStatus.ACTIVE),
                Samples.limit(Side.BUY, "IBM", "1", "185.405")));
        assertEquals("limit price 185.405 is no multiple of the tick 0.01", verdict.detail());
        assertEquals("0.01", verdict.inputs().get("tick"));
    }
}
