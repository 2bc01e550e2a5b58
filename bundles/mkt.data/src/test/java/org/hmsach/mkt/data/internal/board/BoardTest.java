package org.hmsach.mkt.data.internal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board(new XnysCalendar());

    @Test
    void buildsDayBarsFromTrades() {
        trade(100, 5, "2013-10-07T14:00:00Z");
        trade(120, 1, "2013-10-07T15:00:00Z");
        trade(90, 2, "2013-10-07T16:00:00Z");
        trade(95, 1, "2013-10-08T14:00:00Z");
        assertEquals(
                List.of(
                        new Bar("IBM", LocalDate.of(2013, 10, 7), 100, 120, 90, 90, 8, 3),
                        new Bar("IBM", LocalDate.of(2013, 10, 8), 95, 95, 95, 95, 1, 1)),
                board.bars("IBM"));
    }

    @Test
    void countsAWeekendTradeForMonday() {
        trade(100, 5, "2013-10-05T14:00:00Z");
        assertEquals(LocalDate.of(2013, 10, 7), board.bars("IBM").get(0).date());
    }

    @Test
    void aFailingListenerStopsNobodyElse() throws Exception {
        List<Quote> heard = new ArrayList<>();
        board.subscribe(new MarketListener() {
            @Override
            public void onQuote(Quote quote, boolean bidUpdated, boolean askUpdated) {
                throw new IllegalStateException("theirs");
            }
        });
        AutoCloseable second = board.subscribe(new MarketListener() {
            @Override
            public void onQuote(Quote quote, boolean bidUpdated, boolean askUpdated) {
                heard.add(quote);
            }
        });
        Quote quote = new Quote("IBM", 100, 1, 101, 1, 0, "simulated");
        board.quote(quote, true, false);
        second.close();
        board.quote(quote, true, false);
        assertEquals(List.of(quote), heard);
    }

    private void trade(long price, long qty, String time) {
        board.trade(new Trade("IBM", price, qty, Instant.parse(time).toEpochMilli(), "simulated"));
    }
}
