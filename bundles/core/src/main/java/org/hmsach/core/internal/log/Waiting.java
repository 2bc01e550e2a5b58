package org.hmsach.core.internal.log;

import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/** One submitted command and whoever waits for its answer. */
final class Waiting<A> {
    private final UnsafeBuffer frame;
    private final long deadlineNs;
    private final CompletableFuture<Applied<A>> answer = new CompletableFuture<>();
    private volatile boolean applied;

    Waiting(UnsafeBuffer frame, long deadlineNs) {
        this.frame = frame;
        this.deadlineNs = deadlineNs;
    }

    UnsafeBuffer frame() {
        return frame;
    }

    boolean isLate(long nowNs) {
        return nowNs - deadlineNs > 0;
    }

    CompletableFuture<Applied<A>> answer() {
        return answer;
    }

    boolean isApplied() {
        return applied;
    }

    void complete(Applied<A> outcome) {
        applied = true;
        answer.complete(outcome);
    }

    /** The entry stands in the log but the machine does not take it. */
    void stopped(String why) {
        applied = true;
        fail(why, true);
    }

    void fail(String why, boolean maybeApplied) {
        answer.completeExceptionally(new LogUnavailableException(why, maybeApplied));
    }
}
