package org.hmsach.core.internal.log;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest events in memory. One writer; any number of readers, none of which can hold the writer up. */
final class TapeRing {
    private final AtomicReferenceArray<TapeEvent> slots;
    private final int mask;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long last;

    TapeRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("ring capacity must be a power of two: " + capacity);
        }
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    void startAfter(long number) {
        last = number;
    }

    void put(TapeEvent event) {
        slots.set((int) event.number() & mask, event);
        last = event.number();
    }

    /** Wakes readers; called once an entry, not once an event. */
    void signal() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    long last() {
        return last;
    }

    Optional<TapeEvent> get(long number) {
        TapeEvent event = slots.get((int) number & mask);
        return event != null && event.number() == number ? Optional.of(event) : Optional.empty();
    }

    boolean awaitAtLeast(long number, Duration timeout) throws InterruptedException {
        if (last >= number) {
            return true;
        }
        long leftNs = timeout.toNanos();
        lock.lock();
        try {
            waiting.incrementAndGet();
            // The writer looks at `waiting` without the lock, so a wake-up can be missed: nap in short pieces.
            while (last < number && leftNs > 0) {
                long napNs = Math.min(leftNs, TimeUnit.MILLISECONDS.toNanos(20));
                leftNs -= napNs - Math.max(0, more.awaitNanos(napNs));
            }
            return last >= number;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
