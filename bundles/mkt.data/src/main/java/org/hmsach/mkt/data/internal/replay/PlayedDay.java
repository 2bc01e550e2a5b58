package org.hmsach.mkt.data.internal.replay;

import java.time.LocalDate;
import java.time.LocalTime;
import org.hmsach.mkt.data.internal.calendar.Session;

/**
 * A business date and the recorded day that is played on it.
 *
 * @param session  session of the business date, shortened where the recorded day closed early
 * @param original the recorded day
 */
record PlayedDay(Session session, LocalDate original) {
    static PlayedDay of(Session played, Session original) {
        LocalTime close = played.close().isBefore(original.close()) ? played.close() : original.close();
        return new PlayedDay(new Session(played.date(), played.open(), close), original.date());
    }

    LocalDate date() {
        return session.date();
    }

    /** Epoch milliseconds of a time of the recorded day, moved to the business date. */
    long epochMs(int timeMs) {
        return session.opensAt().toEpochMilli() + timeMs - openMs();
    }

    int openMs() {
        return (int) (session.open().toNanoOfDay() / 1_000_000);
    }

    int closeMs() {
        return (int) (session.close().toNanoOfDay() / 1_000_000);
    }

    /** Names the original day, so that nobody takes the price for today's. */
    String source() {
        return "replay:" + original;
    }
}
