package org.hmsach.mkt.data.internal.master;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;

/**
 * How instruments are presented (name, exchange), and what to propose for a symbol that the core does not know yet.
 * What decides over money (currency, tick, lot, status, venue) is read from the core once it is journalled.
 */
public final class Catalogue {
    private static final long TICK_E8 = 1_000_000L;
    private static final String UNKNOWN_EXCHANGE = "NYSE";

    /** How a symbol is shown. */
    public record Listing(String symbol, String name, String exchange) {}

    private final Map<String, Listing> listings;
    private final long lotE8;
    private final String venue;

    /**
     * @param listings lines of the form SYMBOL|Name|EXCHANGE
     * @param lotE8    smallest quantity step to propose
     * @param venue    venue to propose
     */
    public Catalogue(String[] listings, long lotE8, String venue) {
        this.listings = Arrays.stream(listings)
                .map(Catalogue::listing)
                .collect(Collectors.toMap(Listing::symbol, Function.identity()));
        this.lotE8 = lotE8;
        this.venue = venue;
    }

    public Listing listing(Instrument instrument) {
        return Optional.ofNullable(listings.get(instrument.symbol()))
                .orElseGet(() -> new Listing(instrument.symbol(), instrument.symbol(), UNKNOWN_EXCHANGE));
    }

    public Instrument proposal(String symbol) {
        return new Instrument(symbol, Currency.USD, TICK_E8, lotE8, InstrumentStatus.ACTIVE, venue);
    }

    private static Listing listing(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 3 || !parts[0].matches(Instrument.SYMBOL_PATTERN) || parts[1].isBlank()) {
            throw new IllegalArgumentException("listing '" + line + "' must have the form SYMBOL|Name|EXCHANGE");
        }
        return new Listing(parts[0], parts[1].strip(), parts[2].strip());
    }
}
