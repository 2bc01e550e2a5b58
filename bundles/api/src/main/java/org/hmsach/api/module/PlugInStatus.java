package org.hmsach.api.module;

import java.util.List;

/**
 * How a guarded service does.
 *
 * @param spi           simple name of the contract
 * @param name          e.g. its rule
 * @param bundle        symbolic name and version
 * @param bundleId      its bundle
 * @param breaker       whether it is called
 * @param calls         calls that ended or were given up
 * @param failures      of these, those that threw, came late, or were held against it otherwise
 * @param late          of these, those that came late
 * @param inside        calls that have not come back
 * @param lastFailure   what went wrong last; empty when nothing did
 * @param lastFailureMs when, milliseconds since 1970 UTC; 0 when nothing did
 * @param stuck         threads that do not come back from it, each with what it does
 */
public record PlugInStatus(
        String spi,
        String name,
        String bundle,
        long bundleId,
        Breaker breaker,
        long calls,
        long failures,
        long late,
        int inside,
        String lastFailure,
        long lastFailureMs,
        List<String> stuck) {
    /** Whether it is called. */
    public enum Breaker {
        /** It is. */
        CLOSED,
        /** A few calls try whether it is well again. */
        HALF_OPEN,
        /** Not for now. */
        OPEN
    }

    /** Whether callers get no answer. */
    public boolean isRed() {
        return breaker == Breaker.OPEN || !stuck.isEmpty();
    }
}
