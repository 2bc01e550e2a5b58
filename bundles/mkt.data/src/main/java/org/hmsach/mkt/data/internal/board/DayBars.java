package org.hmsach.mkt.data.internal.board;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.Trade;

/** The day bars of a symbol that were seen since the start; two years are kept. Thread-safe. */
final class DayBars {
    private static final int KEPT = 504;

    private final String symbol;
    private final TreeMap<LocalDate, Bar> bars = new TreeMap<>();

    DayBars(String symbol) {
        this.symbol = symbol;
    }

    synchronized void add(LocalDate date, Trade trade) {
        long price = trade.priceE8();
        Bar first = new Bar(symbol, date, price, price, price, price, trade.qtyE8(), 1);
        bars.merge(
                date,
                first,
                (bar, one) -> new Bar(
                        symbol,
                        date,
                        bar.openE8(),
                        Math.max(bar.highE8(), price),
                        Math.min(bar.lowE8(), price),
                        price,
                        Math.addExact(bar.volumeE8(), one.volumeE8()),
                        bar.trades() + 1));
        if (bars.size() > KEPT) {
            bars.pollFirstEntry();
        }
    }

    synchronized List<Bar> all() {
        return new ArrayList<>(bars.values());
    }
}
