package org.hmsach.mkt.data.internal;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketCalendar;
import org.osgi.service.component.annotations.Component;

/** Offers the rules of the New York Stock Exchange as a service. */
@Component(service = MarketCalendar.class)
public final class XnysCalendarService implements MarketCalendar {
    private static final int MAX_YEARS = 10;

    private final XnysCalendar calendar = new XnysCalendar();

    @Override
    public String market() {
        return "XNYS";
    }

    @Override
    public List<TradingDay> days(LocalDate from, LocalDate to) {
        if (ChronoUnit.DAYS.between(from, to) > MAX_YEARS * 366L) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is more than " + MAX_YEARS + " years");
        }
        return calendar.sessions(from, to).stream()
                .map(session -> new TradingDay(session.date(), session.open(), session.close()))
                .toList();
    }

    @Override
    public LocalDate tradingDayAfter(LocalDate date, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n " + n + " is below 1");
        }
        LocalDate day = date;
        for (int i = 0; i < n; i++) {
            day = calendar.after(day).date();
        }
        return day;
    }
}
