package org.hmsach.api.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Prices and quantities as longs at scale 8: 1.5 is 150,000,000. Names of such numbers end in {@code E8}.
 *
 * <p>Largest magnitude 92,233,720,368.54775807. Thread-safe (stateless).
 */
public final class Scale8 {
    /** One unit at scale 8. */
    public static final long ONE = 100_000_000L;

    /** Prices and quantities below 40 billion are multiplied without objects. */
    private static final long PLAIN = 40_000_000_000L * ONE;

    private Scale8() {}

    /**
     * Parses a plain decimal such as {@code "12.345"}.
     *
     * @throws ArithmeticException if there are more than eight decimals or the number does not fit
     * @throws NumberFormatException if the text is no decimal number
     */
    public static long parse(String decimal) {
        return fromDecimal(new BigDecimal(decimal));
    }

    /** The number at scale 8. @throws ArithmeticException if it has more than eight decimals or does not fit */
    public static long fromDecimal(BigDecimal decimal) {
        return decimal.movePointRight(8).longValueExact();
    }

    /** The exact decimal of a scale 8 number. */
    public static BigDecimal toDecimal(long e8) {
        return BigDecimal.valueOf(e8, 8);
    }

    /** Plain text without trailing zeros, e.g. {@code "12.345"} or {@code "100"}. */
    public static String text(long e8) {
        BigDecimal stripped = toDecimal(e8).stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /**
     * Price times quantity in minor units, through 128 bits, rounded as named.
     *
     * @param priceE8  price of one unit, scale 8, in the major unit of the currency
     * @param qtyE8    quantity, scale 8
     * @param digits   digits of the currency's minor unit
     * @param rounding how the last digit is found
     * @throws ArithmeticException if the result does not fit in a long
     */
    public static long cashMinor(long priceE8, long qtyE8, int digits, RoundingMode rounding) {
        boolean plain = priceE8 >= 0 && priceE8 < PLAIN && qtyE8 >= 0 && qtyE8 < PLAIN && digits >= 0 && digits <= 8;
        if (plain) {
            return plainCashMinor(priceE8, qtyE8, digits, rounding);
        }
        BigDecimal exact = new BigDecimal(BigInteger.valueOf(priceE8).multiply(BigInteger.valueOf(qtyE8)), 16);
        return exact.movePointRight(digits).setScale(0, rounding).longValueExact();
    }

    /** The same without objects, in parts above and below the point: a portfolio has very many positions. */
    private static long plainCashMinor(long priceE8, long qtyE8, int digits, RoundingMode rounding) {
        long price = priceE8 / ONE;
        long priceRestE8 = priceE8 % ONE;
        long qty = qtyE8 / ONE;
        long qtyRestE8 = qtyE8 % ONE;
        long mixedE8 = price * qtyRestE8 + priceRestE8 * qty;
        long restE16 = mixedE8 % ONE * ONE + priceRestE8 * qtyRestE8;
        long units = Math.addExact(Math.multiplyExact(price, qty), mixedE8 / ONE + restE16 / (ONE * ONE));
        restE16 %= ONE * ONE;
        long minorE16 = ONE * ONE;
        long minorsInUnit = 1;
        for (int i = 0; i < digits; i++) {
            minorE16 /= 10;
            minorsInUnit *= 10;
        }
        long minor = Math.addExact(Math.multiplyExact(units, minorsInUnit), restE16 / minorE16);
        restE16 %= minorE16;
        return isUp(rounding, Long.compare(2 * restE16, minorE16), restE16 > 0, minor % 2 != 0)
                ? Math.addExact(minor, 1)
                : minor;
    }

    /** @param half how the rest compares with a half */
    private static boolean isUp(RoundingMode rounding, int half, boolean rest, boolean odd) {
        return switch (rounding) {
            case UP, CEILING -> rest;
            case DOWN, FLOOR -> false;
            case HALF_UP -> half >= 0;
            case HALF_DOWN -> half > 0;
            case HALF_EVEN -> half > 0 || (half == 0 && odd);
            case UNNECESSARY -> {
                if (rest) {
                    throw new ArithmeticException("rounding is necessary");
                }
                yield false;
            }
        };
    }
}
