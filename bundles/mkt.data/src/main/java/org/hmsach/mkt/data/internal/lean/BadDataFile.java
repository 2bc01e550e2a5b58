package org.hmsach.mkt.data.internal.lean;

/** A market data file that cannot be used; the message names file, line, field, value and limit. */
public final class BadDataFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadDataFile(String message) {
        super(message);
    }

    BadDataFile(String message, Throwable cause) {
        super(message, cause);
    }
}
