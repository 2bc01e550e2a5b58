package org.hmsach.ops.internal.swap;

/** A change of modules that was not done; the message says why and what runs now. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what was wrong, the value and the limit. */
    public Refused(String message) {
        super(message);
    }

    /** As above, with where it comes from. */
    public Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
