package org.hmsach.core.internal.log;

/** Whether the log takes commands, and if not, why. */
public record Condition(State state, String detail) {

    /** The states a log can be in. */
    public enum State {
        /** Replaying; not yet taking commands. */
        STARTING,
        /** Taking commands. */
        OPEN,
        /** Below the free-space floor; takes commands again when there is room. */
        NO_SPACE,
        /** The machine broke an invariant or the tape does not fit the log; queries go on. */
        BROKEN,
        /** The engine failed; needs a restart. */
        FAILED,
        /** Closed. */
        CLOSED
    }

    static final Condition STARTING = new Condition(State.STARTING, "the log is being replayed");
    static final Condition OPEN = new Condition(State.OPEN, "");
    static final Condition CLOSED = new Condition(State.CLOSED, "the log is closed");

    /** Whether commands are taken. */
    public boolean isOpen() {
        return state == State.OPEN;
    }
}
