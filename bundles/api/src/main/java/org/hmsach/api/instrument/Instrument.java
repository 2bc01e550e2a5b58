package org.hmsach.api.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hmsach.api.money.Currency;

/**
 * What can be traded, as journalled in the core.
 *
 * @param symbol   1 to 16 characters of A-Z, 0-9, dot, dash, slash
 * @param currency currency of its price
 * @param tickE8   smallest price step, scale 8, above 0
 * @param lotE8    smallest quantity step, scale 8, above 0 (1 share = 100,000,000; fractional shares = smaller)
 * @param status   whether it may be traded now
 * @param venue    name of the venue its orders go to, e.g. {@code "paper"}
 */
public record Instrument(
        String symbol, Currency currency, long tickE8, long lotE8, InstrumentStatus status, String venue) {
    /** The shape of a symbol. */
    public static final String SYMBOL_PATTERN = "[A-Z0-9./-]{1,16}";

    private static final Pattern SYMBOL = Pattern.compile(SYMBOL_PATTERN);
    private static final Pattern VENUE = Pattern.compile("[a-z0-9.-]{1,32}");

    public Instrument {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException("symbol '" + symbol + "' does not match " + SYMBOL_PATTERN);
        }
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(status, "status");
        if (tickE8 <= 0 || lotE8 <= 0) {
            throw new IllegalArgumentException("tickE8 " + tickE8 + " and lotE8 " + lotE8 + " must be above 0");
        }
        if (!VENUE.matcher(venue).matches()) {
            throw new IllegalArgumentException("venue '" + venue + "' does not match [a-z0-9.-]{1,32}");
        }
    }

    /**
     * The asset id of the HTTP API: made of the symbol alone, so that every bundle shows the same one and no map
     * is kept.
     */
    public UUID assetId() {
        return UUID.nameUUIDFromBytes(("asset:" + symbol).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether parts of one unit can be traded. */
    public boolean fractionable() {
        return lotE8 < 100_000_000L;
    }
}
