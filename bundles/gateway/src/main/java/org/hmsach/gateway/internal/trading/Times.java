package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.hmsach.api.http.ProblemException;
import org.hmsach.gateway.internal.problem.Problems;

/** Times of the dialect: RFC 3339 instants out, instants or dates in. */
final class Times {
    private Times() {}

    /** A span of milliseconds since 1970 UTC, both ends excluded. */
    record Span(long afterMs, long untilMs) {}

    /** The span that the query parameters {@code after} and {@code until} name, or all time. */
    static Span span(MultivaluedMap<String, String> params) {
        return new Span(
                parse("after", params.getFirst("after")).orElse(Long.MIN_VALUE),
                parse("until", params.getFirst("until")).orElse(Long.MAX_VALUE));
    }

    static String text(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    /** Milliseconds since 1970 of a query parameter; of a date its first moment in UTC. */
    static Optional<Long> parse(String name, String value) {
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    value.length() == 10
                            ? LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .toEpochMilli()
                            : OffsetDateTime.parse(value).toInstant().toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ProblemException(Problems.parameter(
                    name, value, "a date such as 2026-11-23 or a time such as 2026-11-23T14:30:00Z"));
        }
    }
}
