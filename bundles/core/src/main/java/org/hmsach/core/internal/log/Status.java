package org.hmsach.core.internal.log;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The condition of the log and where it stands, as the threads of the engine see it. */
final class Status {
    private static final Logger LOG = LoggerFactory.getLogger(Status.class);
    private final Consumer<Condition> listener;
    private Condition condition = Condition.STARTING;
    private volatile Condition published = Condition.STARTING;
    private volatile Position position = Position.START;

    Status(Consumer<Condition> listener) {
        this.listener = listener;
    }

    Condition condition() {
        return published;
    }

    Position position() {
        return position;
    }

    void moveTo(Position newPosition) {
        position = newPosition;
    }

    void open() {
        change(Condition.State.STARTING, Condition.OPEN);
    }

    void noSpace(String detail) {
        change(Condition.State.OPEN, new Condition(Condition.State.NO_SPACE, detail));
    }

    void spaceAgain() {
        change(Condition.State.NO_SPACE, Condition.OPEN);
    }

    void broken(String detail) {
        fall(new Condition(Condition.State.BROKEN, detail));
    }

    void failed(String detail) {
        fall(new Condition(Condition.State.FAILED, detail));
    }

    void closed() {
        fall(Condition.CLOSED);
    }

    private void change(Condition.State from, Condition to) {
        synchronized (this) {
            if (condition.state() != from) {
                return;
            }
            set(to);
        }
        listener.accept(to);
    }

    /** Only further down: a broken log does not open, a closed one does not break. */
    private void fall(Condition to) {
        synchronized (this) {
            if (condition.state().ordinal() >= to.state().ordinal()) {
                return;
            }
            set(to);
        }
        listener.accept(to);
    }

    private void set(Condition to) {
        condition = to;
        published = to;
        if (to.state() == Condition.State.OPEN || to.state() == Condition.State.CLOSED) {
            LOG.info("Log {}", to.state());
        } else {
            LOG.error("Log {}: {}", to.state(), to.detail());
        }
    }
}
