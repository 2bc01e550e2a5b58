package org.hmsach.mkt.data.internal.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketClock.MarketTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClocksTest {
    private final XnysCalendar calendar = new XnysCalendar();

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T14:29:59Z, false, 2026-11-25, 2026-11-25T14:30:00Z, 2026-11-25T21:00:00Z",
        "2026-11-25T14:30:00Z, true,  2026-11-25, 2026-11-27T14:30:00Z, 2026-11-25T21:00:00Z",
        "2026-11-25T21:00:00Z, false, 2026-11-27, 2026-11-27T14:30:00Z, 2026-11-27T18:00:00Z",
        "2026-11-26T17:00:00Z, false, 2026-11-27, 2026-11-27T14:30:00Z, 2026-11-27T18:00:00Z",
        "2026-11-27T17:59:59Z, true,  2026-11-27, 2026-11-30T14:30:00Z, 2026-11-27T18:00:00Z"
    })
    void calendarClockKnowsThanksgivingAndTheShortFriday(
            String now, boolean open, String date, String nextOpen, String nextClose) {
        MarketTime time = new CalendarClock(calendar, at(now)).now();
        assertEquals(open, time.open());
        assertEquals(LocalDate.parse(date), time.date());
        assertEquals(Instant.parse(nextOpen).toEpochMilli(), time.nextOpenMs());
        assertEquals(Instant.parse(nextClose).toEpochMilli(), time.nextCloseMs());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T23:00:00Z, 2026-11-23",
        "2026-11-24T04:59:59Z, 2026-11-23",
        "2026-11-24T05:00:00Z, 2026-11-24",
        "2026-11-26T17:00:00Z, 2026-11-27"
    })
    void openClockNeverClosesAndNamesTheTradingDay(String now, String date) {
        MarketTime time = new OpenClock(calendar, at(now)).now();
        assertTrue(time.open());
        assertEquals("always-open", time.source());
        assertEquals(LocalDate.parse(date), time.date());
        assertTrue(time.nextCloseMs() > time.nowMs());
    }

    @Test
    void feedClockIsClosedUntilTheFeedTellsTheTime() {
        Board board = new Board(calendar);
        FeedClock clock = new FeedClock(calendar, at("2026-11-23T16:00:00Z"), board);
        assertFalse(clock.now().open());
        board.time(Instant.parse("2013-10-07T14:00:00Z").toEpochMilli(), LocalDate.of(2013, 10, 7), true);
        assertTrue(clock.now().open());
        assertEquals(
                Instant.parse("2013-10-07T20:00:00Z").toEpochMilli(),
                clock.now().nextCloseMs());
        assertEquals(
                Instant.parse("2013-10-08T13:30:00Z").toEpochMilli(),
                clock.now().nextOpenMs());
        board.time(Instant.parse("2013-10-07T20:00:00Z").toEpochMilli(), LocalDate.of(2013, 10, 8), false);
        assertFalse(clock.now().open());
        assertEquals(
                Instant.parse("2013-10-08T13:30:00Z").toEpochMilli(),
                clock.now().nextOpenMs());
    }

    private static Clock at(String time) {
        return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }
}
