package org.hmsach.testkit.fake;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hmsach.api.module.Duty;

/** A duty that the test gives and takes. */
public final class FakeDuty implements Duty {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean mine;

    /** @param mine whether the bundle acts at first */
    public FakeDuty(boolean mine) {
        this.mine = mine;
    }

    /** Gives the duty, or takes it away. */
    public void set(boolean yours) {
        lock.lock();
        try {
            mine = yours;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isMine() {
        lock.lock();
        try {
            return mine;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lock();
        try {
            while (!mine && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return mine;
        } finally {
            lock.unlock();
        }
    }
}
