package org.hmsach.mkt.data.internal.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the New York Stock Exchange trades: rules for holidays and early closes, plus the one-off closings.
 * Late openings (11 and 17 September) are not modelled. Thread-safe.
 */
public final class XnysCalendar {
    /** Martin Luther King Day is kept since 1998; the rules before that year differ and are not written down here. */
    public static final int FIRST_YEAR = 1998;

    public static final int LAST_YEAR = 2099;

    static final LocalTime OPEN = LocalTime.of(9, 30);
    static final LocalTime CLOSE = LocalTime.of(16, 0);
    static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

    private static final Set<LocalDate> ONE_OFF_CLOSINGS = Set.of(
            LocalDate.of(2001, 9, 11), // attacks on New York
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11), // mourning, R. Reagan
            LocalDate.of(2007, 1, 2), // mourning, G. Ford
            LocalDate.of(2012, 10, 29), // hurricane Sandy
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5), // mourning, G. H. W. Bush
            LocalDate.of(2025, 1, 9)); // mourning, J. Carter

    private static final Set<LocalDate> ONE_OFF_EARLY_CLOSES =
            Set.of(LocalDate.of(1999, 12, 31), LocalDate.of(2003, 12, 26));

    private final Map<Integer, Set<LocalDate>> holidays = new ConcurrentHashMap<>();

    /** The session of that date, or empty when the exchange is closed all day. */
    public Optional<Session> session(LocalDate date) {
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "date " + date + " is outside of the calendar's years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        if (isWeekend(date) || isHoliday(date) || ONE_OFF_CLOSINGS.contains(date)) {
            return Optional.empty();
        }
        return Optional.of(new Session(date, OPEN, closesEarly(date) ? EARLY_CLOSE : CLOSE));
    }

    /** All sessions from the first to the last date, both included. */
    public List<Session> sessions(LocalDate from, LocalDate to) {
        List<Session> found = new ArrayList<>();
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            session(date).ifPresent(found::add);
        }
        return found;
    }

    /** The first session on the date or after it. */
    public Session onOrAfter(LocalDate date) {
        LocalDate day = date;
        Optional<Session> found = session(day);
        while (found.isEmpty()) {
            day = day.plusDays(1);
            found = session(day);
        }
        return found.get();
    }

    public Session after(LocalDate date) {
        return onOrAfter(date.plusDays(1));
    }

    /** The session that runs at that time, else the next one to open. */
    public Session currentOrNext(Instant time) {
        Session session = onOrAfter(time.atZone(Session.ZONE).toLocalDate());
        return time.isBefore(session.closesAt()) ? session : after(session.date());
    }

    private boolean isHoliday(LocalDate date) {
        return holidays.computeIfAbsent(date.getYear(), UsHolidays::of).contains(date);
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static boolean closesEarly(LocalDate date) {
        return beforeIndependenceDay(date)
                || date.equals(UsHolidays.thanksgiving(date.getYear()).plusDays(1))
                || (date.getMonth() == Month.DECEMBER && date.getDayOfMonth() == 24)
                || ONE_OFF_EARLY_CLOSES.contains(date);
    }

    /** July 3, when the holiday is the next day; before 2013 a Thursday holiday shortened the Friday instead. */
    private static boolean beforeIndependenceDay(LocalDate date) {
        if (date.getMonth() != Month.JULY) {
            return false;
        }
        boolean shortFriday = date.getYear() < 2013
                && LocalDate.of(date.getYear(), Month.JULY, 4).getDayOfWeek() == DayOfWeek.THURSDAY;
        return date.getDayOfMonth() == (shortFriday ? 5 : 3);
    }
}
