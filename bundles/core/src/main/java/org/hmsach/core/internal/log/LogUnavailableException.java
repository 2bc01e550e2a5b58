package org.hmsach.core.internal.log;

/** The log cannot take or finish a command now. Sending the same command with the same client id again is safe. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean maybeApplied;

    /**
     * @param maybeApplied true when the command was handed to the log and may still be applied; false when it was not
     */
    LogUnavailableException(String message, boolean maybeApplied) {
        super(message);
        this.maybeApplied = maybeApplied;
    }

    /** Whether the command may still be applied. */
    public boolean maybeApplied() {
        return maybeApplied;
    }
}
