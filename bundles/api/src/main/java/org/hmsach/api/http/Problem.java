package org.hmsach.api.http;

import java.util.Optional;
import org.hmsach.api.refusal.Refused;

/**
 * A problem as the client sees it (RFC 9457), which also carries the dialect's {@code code} and {@code message}.
 *
 * @param status  HTTP status
 * @param code    the dialect's eight-digit code, e.g. 40310000 for insufficient buying power; status x 100000 otherwise
 * @param reason  stable name, e.g. {@code "INVALID"}, {@code "MODULE_ABSENT"}
 * @param message one sentence: what was wrong, the value, the limit
 * @param field   the field or rule
 * @param value   the value
 * @param limit   the limit
 * @param retryAfterSeconds when a retry makes sense
 */
public record Problem(
        int status,
        int code,
        String reason,
        String message,
        Optional<String> field,
        Optional<String> value,
        Optional<String> limit,
        Optional<Integer> retryAfterSeconds) {

    /** A problem without field. */
    public static Problem of(int status, String reason, String message) {
        return new Problem(
                status,
                status * 100_000,
                reason,
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A field of the request is wrong: 422. */
    public static Problem field(String field, String value, String limit, String message) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return new Problem(
                422,
                42_210_000,
                "INVALID",
                message,
                Optional.of(field),
                Optional.of(shown),
                Optional.of(limit),
                Optional.empty());
    }

    /** A refusal of the core or of a rule. */
    public static Problem of(Refused refused) {
        int status =
                switch (refused.reason()) {
                    case NOT_FOUND -> 404;
                    case INVALID, ID_REUSED, ILLEGAL_TRANSITION, UNKNOWN_SYMBOL, UNSUPPORTED -> 422;
                    case ALREADY_DONE, STALE_INCARNATION -> 409;
                    default -> 403;
                };
        int code =
                switch (refused.reason()) {
                    case INSUFFICIENT_BUYING_POWER, INSUFFICIENT_POSITION -> 40_310_000;
                    case NOT_FOUND -> 40_410_000;
                    case INVALID, ID_REUSED, ILLEGAL_TRANSITION, UNKNOWN_SYMBOL -> 42_210_000;
                    default -> status * 100_000;
                };
        return new Problem(
                status,
                code,
                refused.reason().name(),
                refused.detail(),
                Optional.of(refused.rule()),
                refused.value(),
                refused.limit(),
                Optional.empty());
    }
}
