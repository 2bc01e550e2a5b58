package org.hmsach.api.module;

/** A plug-in gave no answer; the message names it and says why. */
public final class PlugInException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    public enum Kind {
        /** It failed too often: it is not called for a while. */
        BREAKER_OPEN,
        /** All its places are taken by calls that have not come back. */
        BUSY,
        /** Not within the deadline. */
        LATE,
        /** It threw; see the cause. */
        FAILED
    }

    private final Kind kind;

    /** Without an answer for this reason. */
    public PlugInException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** It threw this. */
    public PlugInException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.FAILED;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }
}
