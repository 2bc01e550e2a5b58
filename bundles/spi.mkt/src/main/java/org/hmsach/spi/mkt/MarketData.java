package org.hmsach.spi.mkt;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.rule.ReferencePrice;
import org.osgi.annotation.versioning.ConsumerType;

/** Prices of instruments. Offered by mkt.data; thread-safe; answers from memory. */
@ConsumerType
public interface MarketData {
    /** Name of the active feed, e.g. {@code "simulated"}. */
    String source();

    /** Last quote. */
    Optional<Quote> quote(String symbol);

    /** Last trade. */
    Optional<Trade> lastTrade(String symbol);

    /**
     * Price to judge an order by: for buys the ask, for sells the bid, else the last trade; empty when there is
     * none.
     */
    Optional<ReferencePrice> reference(String symbol, boolean buy);

    /** Price to value a position by: the last trade, else the middle of the quote. */
    Optional<ReferencePrice> mark(String symbol);

    /** Day bars, oldest first; today's runs. */
    List<Bar> bars(String symbol, LocalDate from, LocalDate to);

    /** Calls the listener until the returned handle is closed. */
    AutoCloseable subscribe(MarketListener listener);
}
