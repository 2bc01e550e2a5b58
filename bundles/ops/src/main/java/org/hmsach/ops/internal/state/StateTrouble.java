package org.hmsach.ops.internal.state;

/** Why a module's state does not go from one version to the other. */
public final class StateTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    StateTrouble(String message) {
        super(message);
    }

    StateTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
