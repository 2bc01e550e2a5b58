package org.hmsach.mfe.books.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.testkit.contract.FeeScheduleContract;
import org.junit.jupiter.api.Test;

class BasisPointFeesTest extends FeeScheduleContract {
    private final FeeSchedule schedule = new BasisPointFees("test-1", 5, new BigDecimal("27.80"));

    @Override
    protected FeeSchedule schedule() {
        return schedule;
    }

    @Test
    void takesCommissionOfBuysRoundedDown() {
        // 100 x 182.37 = 18,237.00; 5 basis points are 9.1185
        assertEquals(
                List.of(new FeeSchedule.Fee("commission", 911)),
                schedule.fees(Side.BUY, "IBM", Scale8.parse("100"), Scale8.parse("182.37"), Currency.USD));
    }

    @Test
    void takesTheRegulatoryFeeOfSalesToo() {
        // 18,237.00 x 27.80 / 1,000,000 = 0.5069886
        assertEquals(
                List.of(new FeeSchedule.Fee("commission", 911), new FeeSchedule.Fee("regulatory", 50)),
                schedule.fees(Side.SELL, "IBM", Scale8.parse("100"), Scale8.parse("182.37"), Currency.USD));
    }

    @Test
    void staysWithinTheEstimateHoweverAnOrderIsFilled() {
        Random random = new Random(20131007);
        for (int round = 0; round < 500; round++) {
            long priceE8 = (1 + random.nextInt(50_000)) * 1_000_000L;
            long rest = 1L + random.nextInt(5_000);
            long estimate = schedule.estimateMinor(Side.BUY, "IBM", rest * Scale8.ONE, priceE8, Currency.USD);
            long charged = 0;
            while (rest > 0) {
                long fill = 1L + random.nextInt((int) rest);
                rest -= fill;
                charged += schedule.fees(Side.BUY, "IBM", fill * Scale8.ONE, priceE8, Currency.USD).stream()
                        .mapToLong(FeeSchedule.Fee::amountMinor)
                        .sum();
            }
            assertTrue(charged <= estimate, charged + " is above the estimate " + estimate);
        }
    }

    @Test
    void refusesAScheduleOutOfBounds() {
        assertThrows(IllegalArgumentException.class, () -> new BasisPointFees("x", 1001, BigDecimal.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new BasisPointFees("x", 5, new BigDecimal("-1")));
    }
}
