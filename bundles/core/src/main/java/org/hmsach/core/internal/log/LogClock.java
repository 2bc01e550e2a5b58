package org.hmsach.core.internal.log;

import io.aeron.cluster.service.ClusterClock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * The two clocks of a log. The engine watches over its own parts by {@link #steady}, which knows nothing of a machine's
 * clock that is set while it runs: otherwise a jump would look like the death of every part. Entries get the
 * machine's time: it is followed forwards at once; where it was set back, time goes on at half speed until it is
 * reached again, because the engine does nothing until time moves on.
 */
final class LogClock implements ClusterClock {
    private final LongSupplier wallMs;
    private final LongSupplier nanos;
    private final long steadyBeganMs;
    private final long steadyBeganNs;
    private long readNs;
    private long timeNs;

    LogClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    LogClock(LongSupplier wallMs, LongSupplier nanos) {
        this.wallMs = wallMs;
        this.nanos = nanos;
        steadyBeganMs = wallMs.getAsLong();
        steadyBeganNs = nanos.getAsLong();
        readNs = steadyBeganNs;
        timeNs = TimeUnit.MILLISECONDS.toNanos(steadyBeganMs);
    }

    /** Milliseconds since 1970 as they were when the log opened, and the time that has passed since. */
    EpochClock steady() {
        return () -> steadyBeganMs + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - steadyBeganNs);
    }

    @Override
    public synchronized long time() {
        long nowNs = nanos.getAsLong();
        long slowNs = timeNs + (nowNs - readNs) / 2;
        timeNs = Math.max(slowNs, TimeUnit.MILLISECONDS.toNanos(wallMs.getAsLong()));
        readNs = nowNs;
        return TimeUnit.NANOSECONDS.toMillis(timeNs);
    }
}
