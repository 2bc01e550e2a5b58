package org.hmsach.api.money;

import java.util.regex.Pattern;

/**
 * A currency, e.g. {@code new Currency("USD", 2)}.
 *
 * @param code   ISO 4217 code, three capital letters
 * @param digits number of digits of the minor unit, 0 to 4
 */
public record Currency(String code, int digits) {
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    /** The dollar of the United States, the currency of the demo organisation. */
    public static final Currency USD = new Currency("USD", 2);

    public Currency {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("currency code '" + code + "' is not three capital letters");
        }
        if (digits < 0 || digits > 4) {
            throw new IllegalArgumentException("currency digits " + digits + " are outside 0 to 4");
        }
    }
}
