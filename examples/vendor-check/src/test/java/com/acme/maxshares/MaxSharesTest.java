package com.acme.maxshares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class MaxSharesTest {
    private final MaxShares check = new MaxShares(100);

    @Test
    void allowsAnOrderAtTheLimit() {
        assertTrue(verdict("100").allowed());
    }

    @Test
    void refusesOneSharePartAboveTheLimitAndNamesBoth() {
        Verdict verdict = verdict("100.00000001");
        assertFalse(verdict.allowed());
        assertEquals("quantity 100.00000001 is above the limit 100", verdict.detail());
    }

    @Test
    void recordsWhatItLookedAt() {
        assertEquals("7", verdict("7").inputs().get("qty"));
        assertEquals("100", verdict("7").inputs().get("max"));
    }

    @Test
    void refusesAConfigurationThatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new MaxShares(0));
    }

    private Verdict verdict(String qty) {
        return check.check(Samples.proposal(Samples.market(Side.BUY, "IBM", qty), Optional.empty()));
    }
}
