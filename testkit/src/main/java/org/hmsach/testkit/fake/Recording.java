package org.hmsach.testkit.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A list that other threads fill and a test waits on, always within a bound. Thread-safe. */
public final class Recording<T> {
    /** How long {@link #await} waits before it fails the test. */
    public static final Duration BOUND = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<T> items = new ArrayList<>();

    /** Adds one. */
    public void add(T item) {
        lock.lock();
        try {
            items.add(item);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was recorded so far, oldest first. */
    public List<T> items() {
        lock.lock();
        try {
            return List.copyOf(items);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        lock.lock();
        try {
            items.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many were recorded and gives all; fails when they do not come in time. */
    public List<T> await(int count) {
        return awaitAll(all -> all.size() >= count, count + " of them");
    }

    /** Waits for one that fits and gives the first such; fails when none comes in time. */
    public T await(Predicate<T> wanted, String what) {
        return awaitAll(all -> all.stream().anyMatch(wanted), what).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Whether one that fits comes within the time; for asserting that something does not happen. */
    public boolean comes(Predicate<T> wanted, Duration within) {
        return wait(all -> all.stream().anyMatch(wanted), within);
    }

    private List<T> awaitAll(Predicate<List<T>> done, String what) {
        if (!wait(done, BOUND)) {
            throw new AssertionError("waited " + BOUND.toSeconds() + " s for " + what + ", got " + items());
        }
        return items();
    }

    private boolean wait(Predicate<List<T>> done, Duration bound) {
        lock.lock();
        try {
            long leftNanos = bound.toNanos();
            while (!done.test(items)) {
                if (leftNanos <= 0) {
                    return false;
                }
                leftNanos = grown.awaitNanos(leftNanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
