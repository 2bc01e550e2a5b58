package org.hmsach.mkt.data.internal.rest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;

/** Prices as the dialect's data interface shows them: exact decimals as JSON numbers, times in UTC. */
final class StockJson {
    private StockJson() {}

    static Map<String, Object> trade(Trade trade) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("t", Instant.ofEpochMilli(trade.timeMs()).toString());
        json.put("p", decimal(trade.priceE8()));
        json.put("s", decimal(trade.qtyE8()));
        json.put("source", trade.source());
        return json;
    }

    static Map<String, Object> quote(Quote quote) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("t", Instant.ofEpochMilli(quote.timeMs()).toString());
        json.put("bp", decimal(quote.bidE8()));
        json.put("bs", decimal(quote.bidQtyE8()));
        json.put("ap", decimal(quote.askE8()));
        json.put("as", decimal(quote.askQtyE8()));
        json.put("c", List.of());
        json.put("source", quote.source());
        return json;
    }

    static Map<String, Object> bar(Bar bar) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("t", bar.date().atStartOfDay(Session.ZONE).toInstant().toString());
        json.put("o", decimal(bar.openE8()));
        json.put("h", decimal(bar.highE8()));
        json.put("l", decimal(bar.lowE8()));
        json.put("c", decimal(bar.closeE8()));
        json.put("v", decimal(bar.volumeE8()));
        json.put("n", bar.trades());
        return json;
    }

    private static BigDecimal decimal(long e8) {
        return new BigDecimal(Scale8.text(e8));
    }
}
