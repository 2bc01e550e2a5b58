package org.hmsach.mkt.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.hmsach.spi.mkt.MarketCalendar;
import org.hmsach.testkit.contract.MarketCalendarContract;
import org.junit.jupiter.api.Test;

class XnysCalendarServiceTest extends MarketCalendarContract {
    private final XnysCalendarService service = new XnysCalendarService();

    @Override
    protected MarketCalendar calendar() {
        return service;
    }

    @Test
    void settlesThursdayBeforeGoodFridayOnMonday() {
        assertEquals(LocalDate.of(2026, 4, 6), service.tradingDayAfter(LocalDate.of(2026, 4, 2), 1));
    }

    @Test
    void refusesMoreThanTenYears() {
        assertThrows(
                IllegalArgumentException.class, () -> service.days(LocalDate.of(2000, 1, 1), LocalDate.of(2020, 1, 1)));
    }
}
