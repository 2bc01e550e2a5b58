package org.hmsach.mkt.data.internal.feed;

import java.time.LocalDate;
import org.hmsach.api.module.PlugIn;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;

/** What one run of a feed may tell: so much a second, and nothing after its end. */
final class BoundedSink implements MarketDataFeed.Sink {
    private final MarketDataFeed.Sink board;
    private final PlugIn guard;
    private final int mostPerSecond;
    private volatile boolean ended;

    BoundedSink(MarketDataFeed.Sink board, Source source) {
        this.board = board;
        this.guard = source.guard();
        this.mostPerSecond = source.mostPerSecond();
    }

    void end() {
        ended = true;
    }

    private boolean isHeard() {
        return !ended && (mostPerSecond == Source.UNBOUNDED || guard.admits(mostPerSecond));
    }

    @Override
    public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
        if (isHeard()) {
            board.quote(quote, bidUpdated, askUpdated);
        }
    }

    @Override
    public void trade(Trade trade) {
        if (isHeard()) {
            board.trade(trade);
        }
    }

    @Override
    public void time(long nowMs, LocalDate date, boolean open) {
        if (isHeard()) {
            board.time(nowMs, date, open);
        }
    }

    @Override
    public void failed(String why) {
        if (!ended) {
            guard.failed(why);
            board.failed(why);
        }
    }
}
