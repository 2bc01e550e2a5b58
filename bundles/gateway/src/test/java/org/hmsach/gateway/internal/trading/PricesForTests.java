package org.hmsach.gateway.internal.trading;

import java.util.List;
import org.hmsach.spi.mkt.MarketData;

/** Prices of a given source, without OSGi. */
public final class PricesForTests {
    private PricesForTests() {}

    /** The source's prices. */
    public static Prices of(MarketData source) {
        return new Prices(List.of(source));
    }
}
