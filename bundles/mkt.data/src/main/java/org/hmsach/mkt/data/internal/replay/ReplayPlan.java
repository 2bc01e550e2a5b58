package org.hmsach.mkt.data.internal.replay;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;

/**
 * Which recorded day is played on which business date: first each on its own date, then, in a loop, on the exchange's
 * next sessions, so that time only moves forward.
 */
final class ReplayPlan {
    private final XnysCalendar calendar;
    private final List<Session> recorded;
    private final boolean loop;

    /** @throws IllegalArgumentException if a recorded day is no session of the exchange */
    ReplayPlan(XnysCalendar calendar, List<LocalDate> dates, boolean loop) {
        this.calendar = calendar;
        this.recorded = dates.stream()
                .map(date -> calendar.session(date)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "market data of " + date + ": the exchange has no session on that date")))
                .toList();
        this.loop = loop;
    }

    /** The first day to play that is not before the date. */
    Optional<PlayedDay> from(LocalDate date) {
        Optional<PlayedDay> own = recorded.stream()
                .filter(session -> !session.date().isBefore(date))
                .findFirst()
                .map(session -> PlayedDay.of(session, session));
        return own.isPresent() || !loop ? own : Optional.of(looped(date));
    }

    private PlayedDay looped(LocalDate date) {
        int index = 0;
        Session played = calendar.after(recorded.get(recorded.size() - 1).date());
        while (played.date().isBefore(date)) {
            played = calendar.after(played.date());
            index++;
        }
        return PlayedDay.of(played, recorded.get(index % recorded.size()));
    }
}
