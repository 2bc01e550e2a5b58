package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.Optional;

/** The two journalled times: entry time for audit, business date for everything that depends on a date. */
final class BusinessTime {
    private static final LocalDate EPOCH = LocalDate.ofEpochDay(0);

    private long entry;
    private long timeMs;
    private Optional<LocalDate> date = Optional.empty();
    private LocalDate settleDate = EPOCH;
    private boolean sessionOpen;
    private long dayNumber;

    void moveTo(long nextEntry, long stampMs) {
        if (nextEntry != entry + 1) {
            throw new IllegalStateException("entry " + nextEntry + " follows entry " + entry);
        }
        entry = nextEntry;
        timeMs = Math.max(timeMs, stampMs);
    }

    void open(LocalDate nextDate, LocalDate settlesOn) {
        date = Optional.of(nextDate);
        settleDate = settlesOn;
        sessionOpen = true;
        dayNumber++;
    }

    void closeSession() {
        sessionOpen = false;
    }

    void restore(long lastEntry, long lastTimeMs, long days) {
        entry = lastEntry;
        timeMs = lastTimeMs;
        dayNumber = days;
    }

    void restoreDates(Optional<LocalDate> lastDate, LocalDate settlesOn, boolean open) {
        date = lastDate;
        settleDate = settlesOn;
        sessionOpen = open;
    }

    long entry() {
        return entry;
    }

    long timeMs() {
        return timeMs;
    }

    Optional<LocalDate> date() {
        return date;
    }

    /** The business date; 1970-01-01 before the first. */
    LocalDate dateOrEpoch() {
        return date.orElse(EPOCH);
    }

    LocalDate settleDate() {
        return settleDate;
    }

    boolean sessionOpen() {
        return sessionOpen;
    }

    /** Counts the business dates opened so far; what is kept for some business days is kept by it. */
    long dayNumber() {
        return dayNumber;
    }
}
