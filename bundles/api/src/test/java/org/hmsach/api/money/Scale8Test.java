package org.hmsach.api.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Scale8Test {
    private static long exact(long priceE8, long qtyE8, int digits, RoundingMode rounding) {
        return Scale8.toDecimal(priceE8)
                .multiply(Scale8.toDecimal(qtyE8))
                .movePointRight(digits)
                .setScale(0, rounding)
                .longValueExact();
    }

    @Test
    void cashIsRoundedAsDecimalsAre() {
        Random random = new Random(20_260_105);
        for (int i = 0; i < 200_000; i++) {
            RoundingMode rounding = RoundingMode.values()[random.nextInt(7)];
            long priceE8 = random.nextLong() >>> (1 + random.nextInt(62));
            long qtyE8 = random.nextLong() >>> (1 + random.nextInt(62));
            int digits = random.nextInt(4);
            assertSame(random.nextInt(10) == 0 ? -priceE8 : priceE8, qtyE8, digits, rounding);
        }
    }

    @Test
    void halvesGoWhereTheModeSays() {
        for (RoundingMode rounding : RoundingMode.values()) {
            for (long cents = 0; cents < 20; cents++) {
                // 0.005 and its neighbours
                assertSame(cents * 1_000_000 + 500_000, Scale8.ONE, 2, rounding);
                assertSame(cents * 1_000_000 + 499_999, Scale8.ONE, 2, rounding);
                assertSame(cents * 1_000_000 + 500_001, Scale8.ONE, 2, rounding);
                assertSame(cents * 1_000_000, Scale8.ONE, 2, rounding);
            }
        }
    }

    @Test
    void theLargestOfTheShortWayAreExact() {
        long edge = 40_000_000_000L * Scale8.ONE;
        for (long qtyE8 : new long[] {1, Scale8.ONE - 1, Scale8.ONE, Scale8.ONE + 1, 99 * Scale8.ONE + 7, edge - 1}) {
            for (long priceE8 : new long[] {edge - 1, edge, edge + 1, Long.MAX_VALUE}) {
                assertSame(priceE8, qtyE8, 2, RoundingMode.HALF_EVEN);
            }
        }
    }

    private static void assertSame(long priceE8, long qtyE8, int digits, RoundingMode rounding) {
        String what = priceE8 + " x " + qtyE8 + " at " + digits + " " + rounding;
        long due;
        try {
            due = exact(priceE8, qtyE8, digits, rounding);
        } catch (ArithmeticException e) {
            assertThrows(ArithmeticException.class, () -> Scale8.cashMinor(priceE8, qtyE8, digits, rounding), what);
            return;
        }
        assertEquals(due, Scale8.cashMinor(priceE8, qtyE8, digits, rounding), what);
    }

    @Test
    void readsWhatItWrites() {
        assertEquals("12.345", Scale8.text(Scale8.parse("12.345")));
        assertEquals("100", Scale8.text(Scale8.parse("100.00")));
        assertEquals(new BigDecimal("0.00000001"), Scale8.toDecimal(1));
        assertThrows(ArithmeticException.class, () -> Scale8.parse("0.000000001"));
    }
}
