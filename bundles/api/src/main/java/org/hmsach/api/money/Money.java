package org.hmsach.api.money;

import java.math.BigDecimal;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An exact amount of one currency, e.g. USD 12.34 is {@code new Money(USD, 1234)}.
 *
 * @param currency the currency; fixes the scale of {@code minor}
 * @param minor    amount in the currency's minor unit (cents for USD, yen for JPY); negative means owed
 */
@ProviderType
public record Money(Currency currency, long minor) implements Comparable<Money> {
    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    /**
     * Parses a plain decimal such as {@code "12.34"}.
     *
     * @throws ArithmeticException if the text has more digits than the currency or does not fit in a long
     * @throws NumberFormatException if the text is no decimal number
     */
    public static Money parse(Currency currency, String decimal) {
        return new Money(
                currency,
                new BigDecimal(decimal).movePointRight(currency.digits()).longValueExact());
    }

    /** The sum. @throws ArithmeticException if the sum does not fit in a long */
    public Money plus(Money other) {
        return new Money(currency, Math.addExact(minor, sameCurrency(other).minor));
    }

    /** The difference. @throws ArithmeticException if the difference does not fit in a long */
    public Money minus(Money other) {
        return new Money(currency, Math.subtractExact(minor, sameCurrency(other).minor));
    }

    /** The amount as a plain decimal without currency, e.g. {@code "-7.66"}. */
    public String decimal() {
        return BigDecimal.valueOf(minor, currency.digits()).toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, sameCurrency(other).minor);
    }

    @Override
    public String toString() {
        return currency.code() + " " + decimal();
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot mix " + currency.code() + " and " + other.currency.code());
        }
        return other;
    }
}
