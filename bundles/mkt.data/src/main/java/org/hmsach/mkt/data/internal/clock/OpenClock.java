package org.hmsach.mkt.data.internal.clock;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketClock;

/** The demo's own session: real time, never closed; the date is the exchange's trading day, today or the next. */
public final class OpenClock implements MarketClock {
    private final XnysCalendar calendar;
    private final Clock clock;

    public OpenClock(XnysCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public MarketTime now() {
        Instant now = clock.instant();
        LocalDate date =
                calendar.onOrAfter(now.atZone(Session.ZONE).toLocalDate()).date();
        long endMs = date.plusDays(1).atStartOfDay(Session.ZONE).toInstant().toEpochMilli();
        return new MarketTime(now.toEpochMilli(), date, true, endMs, endMs, "always-open");
    }
}
