package org.hmsach.core.internal.sim;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hmsach.api.command.Command;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.machine.Answer;

/** What whoever sent a command knows of it. */
final class Ticket {
    final Command command;
    private final CompletableFuture<Applied<Answer>> future;
    private boolean lost;

    Ticket(Command command, CompletableFuture<Applied<Answer>> future) {
        this.command = command;
        this.future = future;
    }

    /** The process died first: nobody knows whether it was taken. */
    void lose() {
        lost = !future.isDone();
    }

    boolean isLost() {
        return lost;
    }

    /** Entry and answer, once acknowledged. */
    Optional<Applied<Answer>> acknowledged() {
        return future.isDone() && !future.isCompletedExceptionally() ? Optional.of(future.join()) : Optional.empty();
    }

    boolean isWaiting() {
        return !lost && !future.isDone();
    }

    boolean isRefused() {
        return acknowledged().map(a -> a.answer().refusal().isPresent()).orElse(false);
    }
}
