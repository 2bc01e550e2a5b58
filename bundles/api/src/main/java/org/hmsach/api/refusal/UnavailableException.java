package org.hmsach.api.refusal;

import java.util.OptionalInt;

/**
 * A module, a disk or a majority is away; the caller may send the same request with the same id again. HTTP 503.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int retryAfterSeconds;

    private UnavailableException(String code, String message, int retryAfterSeconds) {
        super(message);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * A module is not installed: code {@code "MODULE_ABSENT"}, message {@code "MODULE_ABSENT: mfe.exec …"}; no
     * Retry-After.
     */
    public static UnavailableException moduleAbsent(String module, String whatIsMissing) {
        return new UnavailableException("MODULE_ABSENT", "MODULE_ABSENT: " + module + ", so " + whatIsMissing, -1);
    }

    /** A module is being replaced right now; safe to retry soon. */
    public static UnavailableException beingReplaced(String module, int retryAfterSeconds) {
        return new UnavailableException(
                "MODULE_SWAPPING", "MODULE_SWAPPING: " + module + " is being replaced", retryAfterSeconds);
    }

    /** The core does not take commands now (starting, disk full, stopped after a bug, too many waiting). */
    public static UnavailableException core(String code, String message, int retryAfterSeconds) {
        return new UnavailableException(code, message, retryAfterSeconds);
    }

    /** A stable name, e.g. {@code "MODULE_ABSENT"}. */
    public String code() {
        return code;
    }

    /** Seconds after which a retry makes sense; empty when waiting will not help. */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
