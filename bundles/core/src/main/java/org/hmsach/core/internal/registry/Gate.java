package org.hmsach.core.internal.registry;

import java.util.concurrent.atomic.AtomicLong;

/** The way into one bundle: open or closed, and how many have entered and not left. */
final class Gate {
    /** The count is doubled; the lowest bit says closed, so that a caller enters and looks in one step. */
    private static final long CLOSED = 1;

    private static final long ONE = 2;

    private final AtomicLong state;

    Gate(boolean open) {
        this.state = new AtomicLong(open ? 0 : CLOSED);
    }

    boolean isOpen() {
        return (state.get() & CLOSED) == 0;
    }

    /** False when closed; then nothing is to be left. */
    boolean enter() {
        long now = state.get();
        while ((now & CLOSED) == 0) {
            if (state.compareAndSet(now, now + ONE)) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    void leave() {
        state.addAndGet(-ONE);
    }

    long inside() {
        return state.get() / ONE;
    }

    void open() {
        state.updateAndGet(now -> now & ~CLOSED);
    }

    void close() {
        state.updateAndGet(now -> now | CLOSED);
    }
}
