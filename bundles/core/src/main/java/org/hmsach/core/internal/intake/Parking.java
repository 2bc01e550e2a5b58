package org.hmsach.core.internal.intake;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.core.internal.thread.OwnThreads;

/**
 * Holds orders while a module is being replaced: bounded in number and time, without a thread each. After that the
 * caller
 * gets 503 with Retry-After; a check is never skipped.
 */
final class Parking implements AutoCloseable {
    private static final long LOOK_AGAIN_MS = 25;
    private static final int RETRY_AFTER_S = 1;
    private final ScheduledExecutorService again =
            new ScheduledThreadPoolExecutor(1, OwnThreads.named("hmsach-parking"));
    private final AtomicInteger parked = new AtomicInteger();
    private final int maxParked;
    private final long maxNs;

    Parking(int maxParked, long maxMs) {
        this.maxParked = maxParked;
        this.maxNs = TimeUnit.MILLISECONDS.toNanos(maxMs);
    }

    /** The latest time until which a request that arrives now may be parked. */
    long deadline() {
        return System.nanoTime() + maxNs;
    }

    int parked() {
        return parked.get();
    }

    /** Tries again in a moment, or fails when the deadline has passed or too many wait. */
    <T> CompletableFuture<T> park(String module, long deadlineNs, Supplier<CompletableFuture<T>> attempt) {
        if (System.nanoTime() - deadlineNs > 0) {
            return CompletableFuture.failedFuture(UnavailableException.beingReplaced(module, RETRY_AFTER_S));
        }
        if (parked.incrementAndGet() > maxParked) {
            parked.decrementAndGet();
            return CompletableFuture.failedFuture(UnavailableException.beingReplaced(module, RETRY_AFTER_S));
        }
        CompletableFuture<Void> moment = new CompletableFuture<>();
        try {
            again.schedule(() -> moment.complete(null), LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            parked.decrementAndGet();
            return CompletableFuture.failedFuture(UnavailableException.beingReplaced(module, RETRY_AFTER_S));
        }
        return moment.thenCompose(ignored -> {
            parked.decrementAndGet();
            return attempt.get();
        });
    }

    @Override
    public void close() {
        // those that wait are looked at once more, find nothing and are told so
        again.shutdown();
    }
}
