package org.hmsach.store.internal.readmodel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How far the read models are, for those who wait for an event and for the health check. Thread-safe. */
final class Progress {
    private long applied;
    private long movedNanos = System.nanoTime();
    private int waiting;
    private long target;
    private long rebuilds;
    private Optional<String> trouble = Optional.of("starting");

    synchronized void applied(long number) {
        if (number < applied) {
            // somebody dropped the rows
            target = Math.max(target, applied);
        }
        if (number != applied) {
            applied = number;
            movedNanos = System.nanoTime();
            notifyAll();
        }
        if (number >= target) {
            target = 0;
        }
        trouble = Optional.empty();
    }

    /** The rows are about to be dropped; until they are as far as the tape is now, nobody may take them for all. */
    synchronized void anew(long tapeLast) {
        applied = 0;
        target = tapeLast;
        rebuilds++;
    }

    /** Event from which on the rows can be shown; 0: they can. */
    synchronized long target() {
        return target;
    }

    synchronized long rebuilds() {
        return rebuilds;
    }

    synchronized void trouble(String what) {
        trouble = Optional.of(what);
    }

    synchronized long applied() {
        return applied;
    }

    synchronized Optional<String> trouble() {
        return trouble;
    }

    synchronized Duration sinceMove() {
        return Duration.ofNanos(System.nanoTime() - movedNanos);
    }

    synchronized boolean await(long number, Duration wait) throws InterruptedException {
        waiting++;
        notifyAll();
        try {
            return waitUntil(() -> applied >= number, wait);
        } finally {
            waiting--;
        }
    }

    /** Waits until somebody waits for the read models to move, at most so long. */
    synchronized void awaitDemand(Duration wait) throws InterruptedException {
        waitUntil(() -> waiting > 0, wait);
    }

    private boolean waitUntil(BooleanSupplier condition, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return true;
    }
}
