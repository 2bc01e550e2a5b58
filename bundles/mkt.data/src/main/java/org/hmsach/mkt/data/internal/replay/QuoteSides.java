package org.hmsach.mkt.data.internal.replay;

import java.util.Optional;
import org.hmsach.mkt.data.internal.lean.TickRow;
import org.hmsach.spi.mkt.Quote;

/** Puts a symbol's best bid and best ask together from lines that tell one side each. */
final class QuoteSides {
    /** A quote and the sides that were told since the one before. */
    record Update(Quote quote, boolean bidUpdated, boolean askUpdated) {}

    private final String symbol;
    private long bid;
    private long bidSize;
    private long ask;
    private long askSize;
    private boolean bidUpdated;
    private boolean askUpdated;

    QuoteSides(String symbol) {
        this.symbol = symbol;
    }

    /** The quote after the line; none while a side is missing or the pair is crossed or locked. */
    Optional<Update> apply(TickRow.Quote row, long timeMs, String source) {
        if (row.bid() > 0) {
            bid = row.bid();
            bidSize = row.bidSize();
            bidUpdated = true;
        }
        if (row.ask() > 0) {
            ask = row.ask();
            askSize = row.askSize();
            askUpdated = true;
        }
        if (bid == 0 || ask <= bid) {
            return Optional.empty();
        }
        Update update =
                new Update(new Quote(symbol, bid, bidSize, ask, askSize, timeMs, source), bidUpdated, askUpdated);
        bidUpdated = false;
        askUpdated = false;
        return Optional.of(update);
    }
}
