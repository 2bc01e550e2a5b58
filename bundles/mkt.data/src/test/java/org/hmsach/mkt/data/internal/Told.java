package org.hmsach.mkt.data.internal;

import java.time.LocalDate;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.Recording;

/** A sink that writes down everything as text, in order. */
public final class Told implements MarketDataFeed.Sink {
    private final Recording<String> lines = new Recording<>();

    @Override
    public void quote(Quote q, boolean bidUpdated, boolean askUpdated) {
        lines.add("quote " + q.symbol() + " " + q.bidE8() + "x" + q.bidQtyE8() + (bidUpdated ? "*" : "") + " "
                + q.askE8() + "x" + q.askQtyE8() + (askUpdated ? "*" : "") + " @" + q.timeMs() + " " + q.source());
    }

    @Override
    public void trade(Trade t) {
        lines.add("trade " + t.symbol() + " " + t.priceE8() + "x" + t.qtyE8() + " @" + t.timeMs() + " " + t.source());
    }

    @Override
    public void time(long nowMs, LocalDate date, boolean open) {
        lines.add("time " + nowMs + " " + date + (open ? " open" : " closed"));
    }

    @Override
    public void failed(String why) {
        lines.add("failed " + why);
    }

    public Recording<String> lines() {
        return lines;
    }
}
