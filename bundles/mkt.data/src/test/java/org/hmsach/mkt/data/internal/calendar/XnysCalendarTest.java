package org.hmsach.mkt.data.internal.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarIds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XnysCalendarTest {
    private final XnysCalendar calendar = new XnysCalendar();

    @Test
    void has251SessionsIn2026() {
        assertEquals(251, year(2026).size());
    }

    @Test
    void agreesWithStrataOnEveryDayFrom2013To2027() {
        HolidayCalendar oracle = ReferenceData.standard().getValue(HolidayCalendarIds.NYSE);
        LocalDate end = LocalDate.of(2027, 12, 31);
        for (LocalDate day = LocalDate.of(2013, 1, 1); !day.isAfter(end); day = day.plusDays(1)) {
            assertEquals(oracle.isBusinessDay(day), calendar.session(day).isPresent(), day.toString());
        }
    }

    @Test
    void closesEarlyOnExactlyTheKnownDays() {
        List<String> known = List.of(
                "2013-07-03",
                "2013-11-29",
                "2013-12-24",
                "2014-07-03",
                "2014-11-28",
                "2014-12-24",
                "2015-11-27",
                "2015-12-24",
                "2016-11-25",
                "2017-07-03",
                "2017-11-24",
                "2018-07-03",
                "2018-11-23",
                "2018-12-24",
                "2019-07-03",
                "2019-11-29",
                "2019-12-24",
                "2020-11-27",
                "2020-12-24",
                "2021-11-26",
                "2022-11-25",
                "2023-07-03",
                "2023-11-24",
                "2024-07-03",
                "2024-11-29",
                "2024-12-24",
                "2025-07-03",
                "2025-11-28",
                "2025-12-24",
                "2026-11-27",
                "2026-12-24");
        List<String> found = calendar.sessions(LocalDate.of(2013, 1, 1), LocalDate.of(2026, 12, 31)).stream()
                .filter(session -> session.close().equals(LocalTime.of(13, 0)))
                .map(session -> session.date().toString())
                .toList();
        assertEquals(known, found);
    }

    @Test
    void shortenedTheFridayAfterAThursdayIndependenceDayBefore2013() {
        assertEquals(
                XnysCalendar.EARLY_CLOSE,
                calendar.onOrAfter(LocalDate.of(2002, 7, 5)).close());
        assertEquals(
                XnysCalendar.CLOSE, calendar.onOrAfter(LocalDate.of(2002, 7, 3)).close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-03",
                "2025-04-18",
                "2022-06-20",
                "2023-06-19",
                "2027-06-18",
                "2026-07-03",
                "2021-07-05",
                "2022-12-26",
                "2021-12-24",
                "2023-01-02",
                "2001-09-11",
                "2012-10-29",
                "2018-12-05",
                "2025-01-09"
            })
    void isClosedOn(String date) {
        assertTrue(calendar.session(LocalDate.parse(date)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-12-31", "2010-12-31", "2021-06-18", "2013-10-14", "2022-11-11"})
    void isOpenOn(String date) {
        assertTrue(calendar.session(LocalDate.parse(date)).isPresent());
    }

    @Test
    void sessionRunsFromHalfPastNineToFourInNewYork() {
        Session session = calendar.onOrAfter(LocalDate.of(2013, 10, 7));
        assertEquals(Instant.parse("2013-10-07T13:30:00Z"), session.opensAt());
        assertEquals(Instant.parse("2013-10-07T20:00:00Z"), session.closesAt());
        assertTrue(session.contains(session.opensAt()));
        assertFalse(session.contains(session.closesAt()));
        assertFalse(session.contains(session.opensAt().minusMillis(1)));
    }

    @Test
    void sessionFollowsWinterTime() {
        assertEquals(
                Instant.parse("2026-11-27T18:00:00Z"),
                calendar.onOrAfter(LocalDate.of(2026, 11, 27)).closesAt());
    }

    @Test
    void findsTheSessionAfterALongWeekend() {
        assertEquals(
                LocalDate.of(2026, 4, 6),
                calendar.after(LocalDate.of(2026, 4, 2)).date());
        assertEquals(
                LocalDate.of(2026, 4, 6),
                calendar.currentOrNext(Instant.parse("2026-04-02T20:00:00Z")).date());
        assertEquals(
                LocalDate.of(2026, 4, 2),
                calendar.currentOrNext(Instant.parse("2026-04-02T19:59:59Z")).date());
    }

    @Test
    void refusesYearsItHasNoRulesFor() {
        assertThrows(IllegalArgumentException.class, () -> calendar.session(LocalDate.of(1997, 12, 31)));
        assertThrows(IllegalArgumentException.class, () -> calendar.session(LocalDate.of(2100, 1, 4)));
    }

    private List<Session> year(int year) {
        return calendar.sessions(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }
}
