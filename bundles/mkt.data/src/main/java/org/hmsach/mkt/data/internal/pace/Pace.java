package org.hmsach.mkt.data.internal.pace;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Runs market time from a starting point, {@code speed} times as fast as real time; speed 0 does not wait at all.
 * Used by the one thread of a feed; {@link #stop} may come from any.
 */
public final class Pace {
    private static final long TELL_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long speed;
    private final LongConsumer tellTime;
    private long startMs;
    private long startNanos;
    private long toldMs;

    /**
     * @param speed    market seconds in a real second, or 0
     * @param tellTime hears market time, milliseconds since 1970, a few times a second
     */
    public Pace(long speed, LongConsumer tellTime) {
        this.speed = speed;
        this.tellTime = tellTime;
    }

    /** Market time is {@code timeMs} now. */
    public void start(long timeMs) {
        startMs = timeMs;
        startNanos = System.nanoTime();
        toldMs = timeMs;
    }

    /** Waits until market time; false when the feed shall stop. */
    public boolean awaitMs(long timeMs) {
        return speed == 0 ? awaitUnpaced(timeMs) : awaitPaced(timeMs);
    }

    /** Waits a real time; false when the feed shall stop. */
    public boolean pauseMs(long realMs) {
        return !stoppedWithin(TimeUnit.MILLISECONDS.toNanos(realMs));
    }

    public void stop() {
        stopped.countDown();
    }

    private boolean awaitUnpaced(long timeMs) {
        if (timeMs >= toldMs + TimeUnit.SECONDS.toMillis(1)) {
            tell(timeMs);
        }
        return stopped.getCount() > 0;
    }

    private boolean awaitPaced(long timeMs) {
        long dueNanos = TimeUnit.MILLISECONDS.toNanos(timeMs - startMs) / speed;
        long waitNanos = dueNanos - elapsedNanos();
        while (waitNanos > 0) {
            if (stoppedWithin(Math.min(waitNanos, TELL_EVERY_NANOS))) {
                return false;
            }
            waitNanos = dueNanos - elapsedNanos();
            tell(Math.min(timeMs, nowMs()));
        }
        if (timeMs - toldMs > TimeUnit.NANOSECONDS.toMillis(TELL_EVERY_NANOS) * speed) {
            tell(timeMs);
        }
        return stopped.getCount() > 0;
    }

    private void tell(long timeMs) {
        toldMs = timeMs;
        tellTime.accept(timeMs);
    }

    private long nowMs() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(elapsedNanos() * speed);
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private boolean stoppedWithin(long nanos) {
        try {
            return stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
