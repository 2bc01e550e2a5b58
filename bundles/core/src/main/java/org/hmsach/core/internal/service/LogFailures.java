package org.hmsach.core.internal.service;

import java.util.concurrent.CompletionException;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.LogUnavailableException;

/** Says in the words of the contracts why the log did not answer. */
final class LogFailures {
    private LogFailures() {}

    static CompletionException translate(Throwable failure, Condition condition) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LogUnavailableException unavailable) {
            return new CompletionException(UnavailableException.core(
                    code(unavailable, condition), unavailable.getMessage(), retry(condition)));
        }
        return new CompletionException(cause);
    }

    private static String code(LogUnavailableException unavailable, Condition condition) {
        return switch (condition.state()) {
            case STARTING -> "CORE_STARTING";
            case NO_SPACE -> "CORE_NO_SPACE";
            case BROKEN, FAILED -> "CORE_STOPPED";
            case CLOSED -> "CORE_CLOSED";
            case OPEN -> unavailable.maybeApplied() ? "CORE_TIMEOUT" : "CORE_BUSY";
        };
    }

    private static int retry(Condition condition) {
        return switch (condition.state()) {
            case STARTING, OPEN, CLOSED -> 1;
            case NO_SPACE -> 30;
            case BROKEN, FAILED -> -1;
        };
    }
}
