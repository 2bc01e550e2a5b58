package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;
import org.junit.jupiter.api.Test;

/** What core and mfe.books rely on when they ask a {@link FeeSchedule}. */
public abstract class FeeScheduleContract {
    private static final String SYMBOL = "IBM";
    private static final List<String> PRICES = List.of("0.0001", "0.99", "17.255", "185.40", "4300.10");
    private static final List<String> QUANTITIES = List.of("0.000001", "0.5", "1", "7", "100", "12345.678");
    private static final int LARGEST_SPLIT = 100;

    /** The schedule to be tested. */
    protected abstract FeeSchedule schedule();

    @Test
    void namesItsVersion() {
        String version = schedule().version();
        assertFalse(version.isBlank());
        assertTrue(version.length() <= 64, version);
    }

    @Test
    void givesTheSameFeesForTheSameFill() {
        forEveryFill((side, qtyE8, priceE8) -> assertEquals(
                schedule().fees(side, SYMBOL, qtyE8, priceE8, Currency.USD),
                schedule().fees(side, SYMBOL, qtyE8, priceE8, Currency.USD)));
    }

    @Test
    void namesEachFeeAndAsksForSomething() {
        forEveryFill((side, qtyE8, priceE8) -> {
            for (FeeSchedule.Fee fee : schedule().fees(side, SYMBOL, qtyE8, priceE8, Currency.USD)) {
                assertTrue(fee.amountMinor() > 0, fee::toString);
                assertTrue(!fee.kind().isBlank() && fee.kind().length() <= 32, fee::toString);
            }
        });
    }

    @Test
    void estimatesNotLessThanOneFillCosts() {
        forEveryFill((side, qtyE8, priceE8) -> assertCovered(side, qtyE8, priceE8, feesMinor(side, qtyE8, priceE8)));
    }

    @Test
    void estimatesNotLessThanManyFillsCost() {
        Random random = new Random(20131007);
        forEveryFill((side, qtyE8, priceE8) -> {
            long leftE8 = qtyE8;
            long feesMinor = 0;
            for (int i = 1; i < LARGEST_SPLIT && leftE8 > 1; i++) {
                long partE8 = 1 + (long) (random.nextInt(100) / 100.0 * (leftE8 - 1) / 10);
                feesMinor += feesMinor(side, partE8, priceE8);
                leftE8 -= partE8;
            }
            assertCovered(side, qtyE8, priceE8, feesMinor + feesMinor(side, leftE8, priceE8));
        });
    }

    private void assertCovered(Side side, long qtyE8, long priceE8, long feesMinor) {
        long estimateMinor = schedule().estimateMinor(side, SYMBOL, qtyE8, priceE8, Currency.USD);
        assertTrue(
                estimateMinor >= feesMinor,
                () -> side + " " + Scale8.text(qtyE8) + " at " + Scale8.text(priceE8) + " costs " + feesMinor
                        + ", the estimate is " + estimateMinor);
    }

    private long feesMinor(Side side, long qtyE8, long priceE8) {
        return schedule().fees(side, SYMBOL, qtyE8, priceE8, Currency.USD).stream()
                .mapToLong(FeeSchedule.Fee::amountMinor)
                .sum();
    }

    private interface Fill {
        void of(Side side, long qtyE8, long priceE8);
    }

    private static void forEveryFill(Fill test) {
        for (Side side : Side.values()) {
            PRICES.forEach(price -> QUANTITIES.forEach(qty -> test.of(side, Scale8.parse(qty), Scale8.parse(price))));
        }
    }
}
