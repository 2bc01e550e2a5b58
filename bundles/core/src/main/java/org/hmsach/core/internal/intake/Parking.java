package org.hmsach.core.internal.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
 * caller gets 503 with Retry-After; a check is never skipped. Of those that wait for one module the first one looks
 * again and again; the others follow once it need not wait any more.
 */
final class Parking implements AutoCloseable {
    static final long LOOK_AGAIN_MS = 5;
    private static final int RETRY_AFTER_S = 1;
    private final ScheduledExecutorService again =
            new ScheduledThreadPoolExecutor(1, OwnThreads.named("hmsach-parking"));
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final AtomicInteger parked = new AtomicInteger();
    private final int maxParked;
    private final long maxNs;
    private volatile Thread looker;
    /** Whether the one that looked has to wait again; used by the looker alone. */
    private boolean waitsAgain;

    Parking(int maxParked, long maxMs) {
        this.maxParked = maxParked;
        this.maxNs = TimeUnit.MILLISECONDS.toNanos(maxMs);
    }

    private record Parked(CompletableFuture<Void> moment, long deadlineNs) {}

    /** Those that wait for one module. */
    private static final class Place {
        private final String module;
        private final Queue<Parked> waiting = new ArrayDeque<>();
        private boolean isLookedAt;

        Place(String module) {
            this.module = module;
        }

        /** @return whether somebody must begin to look */
        synchronized boolean add(Parked one) {
            waiting.add(one);
            boolean first = !isLookedAt;
            isLookedAt = true;
            return first;
        }

        synchronized int size() {
            return waiting.size();
        }

        synchronized Optional<Parked> next() {
            return Optional.ofNullable(waiting.poll());
        }

        synchronized List<Parked> late(long nowNs) {
            List<Parked> late =
                    waiting.stream().filter(one -> nowNs - one.deadlineNs() > 0).toList();
            waiting.removeAll(late);
            return late;
        }

        /** @return whether the look was the last one, since nobody waits */
        synchronized boolean isEmptyNow() {
            isLookedAt = !waiting.isEmpty();
            return waiting.isEmpty();
        }

        synchronized List<Parked> end() {
            List<Parked> all = new ArrayList<>(waiting);
            waiting.clear();
            isLookedAt = false;
            return all;
        }
    }

    /** The latest time until which a request that arrives now may be parked. */
    long deadline() {
        return System.nanoTime() + maxNs;
    }

    int parked() {
        return parked.get();
    }

    /** Tries again when it may be worth it, or fails when the deadline has passed or too many wait. */
    <T> CompletableFuture<T> park(String module, long deadlineNs, Supplier<CompletableFuture<T>> attempt) {
        if (Thread.currentThread() == looker) {
            waitsAgain = true;
        }
        if (System.nanoTime() - deadlineNs > 0) {
            return CompletableFuture.failedFuture(beingReplaced(module));
        }
        if (parked.incrementAndGet() > maxParked) {
            parked.decrementAndGet();
            return CompletableFuture.failedFuture(beingReplaced(module));
        }
        CompletableFuture<Void> moment = new CompletableFuture<>();
        CompletableFuture<T> through = moment.whenComplete((nothing, failure) -> parked.decrementAndGet())
                .thenCompose(nothing -> attempt.get());
        Place place = places.computeIfAbsent(module, Place::new);
        if (place.add(new Parked(moment, deadlineNs))) {
            lookSoon(place);
        }
        return through;
    }

    private static UnavailableException beingReplaced(String module) {
        return UnavailableException.beingReplaced(module, RETRY_AFTER_S);
    }

    private void lookSoon(Place place) {
        try {
            again.schedule(() -> look(place), LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            place.end().forEach(one -> one.moment().completeExceptionally(beingReplaced(place.module)));
        }
    }

    private void look(Place place) {
        looker = Thread.currentThread();
        waitsAgain = false;
        for (int left = place.size(); left > 0 && !waitsAgain; left--) {
            place.next().ifPresent(one -> one.moment().complete(null));
        }
        place.late(System.nanoTime()).forEach(one -> one.moment().complete(null));
        if (!place.isEmptyNow()) {
            lookSoon(place);
        }
    }

    @Override
    public void close() {
        // those that wait are looked at once more, find nothing and are told so
        again.shutdown();
    }
}
