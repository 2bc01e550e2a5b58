package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideTest {
    private final Random random = new Random(5);

    private long any() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private static long exact(long a, long b, int decimals, RoundingMode rounding) {
        BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        BigInteger scaled =
                new BigDecimal(product, decimals).setScale(0, rounding).toBigInteger();
        return scaled.bitLength() > 63 ? Wide.TOO_BIG : scaled.longValueExact();
    }

    @Test
    void agreesWithExactArithmetic() {
        for (int i = 0; i < 200_000; i++) {
            long a = any();
            long b = any();
            int decimals = 8 + random.nextInt(9);
            RoundingMode rounding = random.nextBoolean() ? RoundingMode.UP : RoundingMode.HALF_EVEN;
            assertEquals(exact(a, b, decimals, rounding), Wide.scaled(a, b, decimals, rounding), a + " x " + b);
        }
    }

    @Test
    void roundsHalvesToEven() {
        assertEquals(10, Wide.cash(1_050_000_00L, 10_000_000L, 2));
        assertEquals(12, Wide.cash(1_150_000_00L, 10_000_000L, 2));
    }

    @Test
    void sharesAreExactAtTheEnds() {
        assertEquals(100, Wide.share(100, 7, 7));
        assertEquals(33, Wide.share(100, 1, 3));
        assertEquals(34, Wide.shareUp(100, 1, 3));
        assertEquals(0, Wide.shareUp(100, 0, 3));
        assertEquals(Long.MAX_VALUE, Wide.plus(Long.MAX_VALUE - 1, 5));
        assertEquals(Long.MIN_VALUE, Wide.plus(Long.MIN_VALUE + 1, -5));
    }
}
