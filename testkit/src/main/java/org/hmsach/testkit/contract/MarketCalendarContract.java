package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.hmsach.spi.mkt.MarketCalendar;
import org.junit.jupiter.api.Test;

/** What core and mfe.books rely on when they ask a {@link MarketCalendar}. */
public abstract class MarketCalendarContract {
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final LocalDate TO = LocalDate.of(2026, 12, 31);

    /** The calendar to be tested; it must know the year 2026. */
    protected abstract MarketCalendar calendar();

    @Test
    void namesItsMarket() {
        assertTrue(calendar().market().matches("[A-Z0-9]{4}"), () -> calendar().market());
    }

    @Test
    void listsDaysOnceAndInOrder() {
        List<LocalDate> days = days();
        assertEquals(days.stream().sorted().distinct().toList(), days);
        assertTrue(days.size() > 200, () -> days.size() + " trading days in a year");
    }

    @Test
    void includesBothEnds() {
        List<LocalDate> days = days();
        LocalDate first = days.get(0);
        LocalDate third = days.get(2);
        assertEquals(3, calendar().days(first, third).size());
    }

    @Test
    void opensBeforeItCloses() {
        calendar().days(FROM, TO).forEach(day -> assertTrue(day.open().isBefore(day.close()), day::toString));
    }

    @Test
    void countsTradingDaysAfterADate() {
        List<LocalDate> days = days();
        for (int i = 0; i + 3 < days.size(); i++) {
            assertEquals(days.get(i + 1), calendar().tradingDayAfter(days.get(i), 1));
            assertEquals(days.get(i + 3), calendar().tradingDayAfter(days.get(i), 3));
        }
    }

    @Test
    void refusesToCountFewerThanOneDay() {
        assertThrows(IllegalArgumentException.class, () -> calendar().tradingDayAfter(FROM, 0));
    }

    private List<LocalDate> days() {
        return calendar().days(FROM, TO).stream()
                .map(MarketCalendar.TradingDay::date)
                .toList();
    }
}
