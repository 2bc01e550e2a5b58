package org.hmsach.core.internal.machine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Products and quotients through 128 bits, without objects where orders pass. */
final class Wide {
    /** Stands for "does not fit"; every real amount is far below. */
    static final long TOO_BIG = Long.MAX_VALUE;

    private static final long E8 = 100_000_000L;
    private static final long LOW = 0xFFFF_FFFFL;

    private Wide() {}

    /** Cash of price x quantity in minor units, rounded up. {@link #TOO_BIG} when it does not fit. */
    static long cashUp(long priceE8, long qtyE8, int digits) {
        return scaled(priceE8, qtyE8, 16 - digits, RoundingMode.UP);
    }

    /** Cash of price x quantity in minor units, rounded HALF_EVEN. {@link #TOO_BIG} when it does not fit. */
    static long cash(long priceE8, long qtyE8, int digits) {
        return scaled(priceE8, qtyE8, 16 - digits, RoundingMode.HALF_EVEN);
    }

    /** Price x quantity at scale 8, rounded HALF_EVEN. {@link #TOO_BIG} when it does not fit. */
    static long valueE8(long priceE8, long qtyE8) {
        return scaled(priceE8, qtyE8, 8, RoundingMode.HALF_EVEN);
    }

    /** a x b / 10^decimals for a, b of at least 0 and 8 to 16 decimals. */
    static long scaled(long a, long b, int decimals, RoundingMode rounding) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long divisor = powerOfTen(decimals - 8);
        long rest = 0;
        long quotientHigh = 0;
        long quotientLow = 0;
        long restOfFirst = 0;
        for (int limb = 3; limb >= 0; limb--) {
            long word = (limb > 1 ? high >>> ((limb - 2) * 32) : low >>> (limb * 32)) & LOW;
            long part = (restOfFirst << 32) | word;
            long first = part / E8;
            restOfFirst = part % E8;
            long next = (rest << 32) | first;
            long second = next / divisor;
            rest = next % divisor;
            if (limb > 1) {
                quotientHigh = (quotientHigh << 32) | second;
            } else {
                quotientLow = (quotientLow << 32) | second;
            }
        }
        if (quotientHigh != 0 || quotientLow < 0) {
            return TOO_BIG;
        }
        return rounded(quotientLow, rest * E8 + restOfFirst, divisor * E8, rounding);
    }

    private static long rounded(long quotient, long rest, long divisor, RoundingMode rounding) {
        boolean up;
        if (rounding == RoundingMode.UP) {
            up = rest > 0;
        } else {
            long twice = 2 * rest;
            up = twice > divisor || (twice == divisor && (quotient & 1) == 1);
        }
        return up && quotient < TOO_BIG ? quotient + 1 : quotient;
    }

    private static long powerOfTen(int n) {
        long power = 1;
        for (int i = 0; i < n; i++) {
            power *= 10;
        }
        return power;
    }

    /** The part of a whole: whole x part / of, rounded HALF_EVEN; 0 of nothing. */
    static long share(long whole, long part, long of) {
        if (part == of) {
            return whole;
        }
        BigInteger product = BigInteger.valueOf(whole).multiply(BigInteger.valueOf(part));
        return new BigDecimal(product)
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    /** The part of a whole: whole x part / of, rounded up; 0 of nothing. For amounts of at least 0. */
    static long shareUp(long whole, long part, long of) {
        if (whole == 0 || part == 0) {
            return 0;
        }
        if (part >= of) {
            return whole;
        }
        BigInteger product = BigInteger.valueOf(whole).multiply(BigInteger.valueOf(part));
        return new BigDecimal(product)
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.UP)
                .longValueExact();
    }

    /** The sum, held at the largest or smallest long instead of overflowing. */
    static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
