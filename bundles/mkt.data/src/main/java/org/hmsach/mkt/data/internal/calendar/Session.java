package org.hmsach.mkt.data.internal.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** One trading day of the exchange, in New York time. */
public record Session(LocalDate date, LocalTime open, LocalTime close) {
    /** Where the exchange stands; every session time is read in it. */
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    public Session {
        if (!open.isBefore(close)) {
            throw new IllegalArgumentException("session of " + date + " opens at " + open + ", not before " + close);
        }
    }

    public Instant opensAt() {
        return date.atTime(open).atZone(ZONE).toInstant();
    }

    public Instant closesAt() {
        return date.atTime(close).atZone(ZONE).toInstant();
    }

    /** The opening instant belongs to the session, the closing instant does not. */
    public boolean contains(Instant time) {
        return !time.isBefore(opensAt()) && time.isBefore(closesAt());
    }
}
