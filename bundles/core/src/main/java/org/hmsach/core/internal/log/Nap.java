package org.hmsach.core.internal.log;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * How one thread of the engine idles: after a few looks around it sleeps until another thread has something for it, and
 * at most for the longest nap. When it has worked itself, it wakes those whose turn comes next, so that an entry goes
 * from thread to thread without waiting for the end of a nap.
 */
public final class Nap implements IdleStrategy {
    private static final int LOOKS = 3;
    private final long longestNs;
    private volatile List<Nap> next = List.of();
    private volatile Thread asleep;
    private volatile boolean called;
    private int looks;

    Nap(long longestNs) {
        this.longestNs = longestNs;
    }

    /** Whom to wake after work. */
    void then(Nap... threads) {
        next = List.of(threads);
    }

    /** There is something to do; from any thread. */
    public void wake() {
        if (!called) {
            called = true;
        }
        Thread thread = asleep;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            looks = 0;
            for (Nap thread : next) {
                thread.wake();
            }
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (looks < LOOKS) {
            looks++;
            Thread.yield();
        } else {
            sleep();
        }
    }

    private void sleep() {
        asleep = Thread.currentThread();
        if (!called) {
            LockSupport.parkNanos(this, longestNs);
        }
        asleep = null;
        if (called) {
            called = false;
            looks = 0;
        }
    }

    @Override
    public void reset() {
        looks = 0;
    }
}
