package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers as people write them. The twin calculates with these and never with scaled longs. */
final class Decimals {
    /** No leg of a posting is larger, in its smallest unit. */
    private static final BigInteger LARGEST_LEG = BigInteger.TWO.pow(60);
    /** No balance is larger, in its smallest unit. */
    private static final BigInteger LARGEST_BALANCE = BigInteger.TWO.pow(61);

    static final BigDecimal ZERO = BigDecimal.ZERO;

    private Decimals() {}

    static BigDecimal e8(long scaled) {
        return BigDecimal.valueOf(scaled, 8);
    }

    static long toE8(BigDecimal number) {
        return number.setScale(8, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    static BigDecimal money(long minor, int digits) {
        return BigDecimal.valueOf(minor, digits);
    }

    static long toMinor(BigDecimal money, int digits) {
        return money.setScale(digits, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    static BigDecimal cash(BigDecimal price, BigDecimal qty, int digits) {
        return price.multiply(qty).setScale(digits, RoundingMode.HALF_EVEN);
    }

    static BigDecimal cashUp(BigDecimal price, BigDecimal qty, int digits) {
        return price.multiply(qty).setScale(digits, RoundingMode.UP);
    }

    /** Price times quantity, at eight decimals. */
    static BigDecimal value(BigDecimal price, BigDecimal qty) {
        return price.multiply(qty).setScale(8, RoundingMode.HALF_EVEN);
    }

    static boolean isAbove(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) > 0;
    }

    static boolean isLeg(BigDecimal amount, int digits) {
        return unit(amount, digits).abs().compareTo(LARGEST_LEG) <= 0;
    }

    static boolean isBalance(BigDecimal amount, int digits) {
        return unit(amount, digits).abs().compareTo(LARGEST_BALANCE) <= 0;
    }

    private static BigInteger unit(BigDecimal amount, int digits) {
        return amount.setScale(digits, RoundingMode.UNNECESSARY).unscaledValue();
    }
}
