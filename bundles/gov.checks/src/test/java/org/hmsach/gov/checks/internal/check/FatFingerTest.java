package org.hmsach.gov.checks.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.testkit.contract.OrderCheckContract;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FatFingerTest extends OrderCheckContract {
    private final FatFinger check =
            new FatFinger(Fixtures.policy(Rule.FAT_FINGER, "max_qty", "1000", "max_notional", "50000"), new Tally());

    @Override
    protected OrderCheck check() {
        return check;
    }

    @ParameterizedTest
    @CsvSource({
        "1000,          1,         true",
        "1000.00000001, 1,         false",
        "500,           100,       true",
        "500,           100.00000001, false",
        "500.00000001,  100,       false"
    })
    void quantityAndNotionalBoundsAreExact(String qty, String price, boolean allowed) {
        Verdict verdict = check.check(Fixtures.at("1", Samples.limit(Side.BUY, "IBM", qty, price)));
        assertEquals(allowed, verdict.allowed(), verdict::detail);
    }

    @Test
    void marketOrdersAreJudgedAtTheReference() {
        assertEquals(
                "price x quantity 50100 is above the limit 50000",
                check.check(Fixtures.at("100.2", Samples.market(Side.SELL, "IBM", "500")))
                        .detail());
        assertFalse(check.check(Fixtures.withoutReference(Samples.market(Side.BUY, "IBM", "1")))
                .allowed());
    }
}
