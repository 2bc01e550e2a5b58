package org.hmsach.testkit.fake;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hmsach.spi.mkt.MarketCalendar;

/** Every Monday to Friday is a trading day; there are no holidays. Thread-safe. */
public final class FakeMarketCalendar implements MarketCalendar {
    @Override
    public String market() {
        return "XFAK";
    }

    @Override
    public List<TradingDay> days(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
                .filter(FakeMarketCalendar::trades)
                .map(date -> new TradingDay(date, LocalTime.of(9, 30), LocalTime.of(16, 0)))
                .toList();
    }

    @Override
    public LocalDate tradingDayAfter(LocalDate date, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n " + n + " is below 1");
        }
        return date.plusDays(1)
                .datesUntil(date.plusDays(2L * n + 7))
                .filter(FakeMarketCalendar::trades)
                .skip(n - 1L)
                .findFirst()
                .orElseThrow();
    }

    private static boolean trades(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
