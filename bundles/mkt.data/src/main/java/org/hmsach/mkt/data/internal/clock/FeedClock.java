package org.hmsach.mkt.data.internal.clock;

import java.time.Clock;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketClock;

/** Market time as the feed tells it; until it has told any, the market is closed. */
public final class FeedClock implements MarketClock {
    private final XnysCalendar calendar;
    private final Clock clock;
    private final Board board;

    public FeedClock(XnysCalendar calendar, Clock clock, Board board) {
        this.calendar = calendar;
        this.clock = clock;
        this.board = board;
    }

    @Override
    public MarketTime now() {
        return board.time().map(this::told).orElseGet(this::untold);
    }

    private MarketTime told(Board.FeedTime time) {
        Session session = calendar.onOrAfter(time.date());
        Session nextToOpen = time.open() ? calendar.after(time.date()) : session;
        return new MarketTime(
                time.nowMs(),
                time.date(),
                time.open(),
                nextToOpen.opensAt().toEpochMilli(),
                session.closesAt().toEpochMilli(),
                "replay");
    }

    private MarketTime untold() {
        MarketTime real = new CalendarClock(calendar, clock).now();
        return new MarketTime(real.nowMs(), real.date(), false, real.nextOpenMs(), real.nextCloseMs(), "replay");
    }
}
