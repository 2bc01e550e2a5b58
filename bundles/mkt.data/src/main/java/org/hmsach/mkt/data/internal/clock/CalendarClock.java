package org.hmsach.mkt.data.internal.clock;

import java.time.Clock;
import java.time.Instant;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketClock;

/** Market time by the real clock and the exchange's calendar. */
public final class CalendarClock implements MarketClock {
    private final XnysCalendar calendar;
    private final Clock clock;

    public CalendarClock(XnysCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public MarketTime now() {
        Instant now = clock.instant();
        Session session = calendar.currentOrNext(now);
        boolean open = session.contains(now);
        Session nextToOpen = open ? calendar.after(session.date()) : session;
        return new MarketTime(
                now.toEpochMilli(),
                session.date(),
                open,
                nextToOpen.opensAt().toEpochMilli(),
                session.closesAt().toEpochMilli(),
                "calendar");
    }
}
