package org.hmsach.launcher;

/** The server cannot start, for a reason the operator can act on. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code: wrong use, or a file that is missing or broken. */
    public static final int USAGE = 2;
    /** Exit code: another process works on the data folder. */
    public static final int LOCKED = 3;
    /** Exit code: the framework or the port did not come up. */
    public static final int NOT_READY = 4;

    private final int exitCode;

    /** A reason in plain words and the exit code that goes with it. */
    public LaunchException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** As above, with what went wrong below. */
    public LaunchException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
