package org.hmsach.mkt.data.internal.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.calendar.Session;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;

/** Reads query parameters and writes times the way the dialect does. */
final class Params {
    private static final int MAX_SYMBOLS = 200;

    private Params() {}

    /** A date {@code 2026-01-02} or an instant, of which the date counts as it is written. */
    static Optional<LocalDate> date(String name, String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        String limit = "a date like 2026-01-02 or a time like 2026-01-02T00:00:00Z, of the years "
                + XnysCalendar.FIRST_YEAR + " to " + XnysCalendar.LAST_YEAR;
        try {
            LocalDate date = text.length() == 10
                    ? LocalDate.parse(text)
                    : OffsetDateTime.parse(text).toLocalDate();
            if (date.getYear() >= XnysCalendar.FIRST_YEAR && date.getYear() <= XnysCalendar.LAST_YEAR) {
                return Optional.of(date);
            }
        } catch (DateTimeException notADate) {
            throw wrong(name, text, limit);
        }
        throw wrong(name, text, limit);
    }

    static int number(String name, String text, int standard, int max) {
        if (text == null || text.isEmpty()) {
            return standard;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw wrong(name, text, "a whole number from 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    static List<String> symbols(String text) {
        if (text == null || text.isEmpty()) {
            throw Body.missing("symbols", "a list of at most " + MAX_SYMBOLS + " symbols, split by commas");
        }
        List<String> symbols = Arrays.stream(text.split(",")).map(String::strip).toList();
        if (symbols.size() > MAX_SYMBOLS) {
            throw wrong("symbols", symbols.size() + " symbols", "at most " + MAX_SYMBOLS);
        }
        symbols.stream()
                .filter(symbol -> !symbol.matches(Instrument.SYMBOL_PATTERN))
                .findFirst()
                .ifPresent(symbol -> {
                    throw wrong("symbols", symbol, "symbols like " + Instrument.SYMBOL_PATTERN);
                });
        return symbols;
    }

    /** A time as the exchange's clock shows it, e.g. {@code 2026-11-23T09:30:00-05:00}. */
    static String newYork(long timeMs) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(timeMs).atZone(Session.ZONE));
    }

    static String newYork(Instant time) {
        return newYork(time.toEpochMilli());
    }

    static ProblemException wrong(String name, String value, String limit) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return new ProblemException(
                Problem.field(name, shown, limit, name + " is '" + shown + "'; it must be " + limit));
    }
}
