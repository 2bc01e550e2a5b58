package org.hmsach.core.internal.guard;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One call that runs. Its thread is interrupted only while it is in the call; no interrupt is left for the next. */
public final class Running {
    private static final int FRAMES = 3;
    private static final long NOT_INTERRUPTED = 0;

    private final Guard guard;
    private final String what;
    private final Optional<Duration> deadline;
    private final long beginNanos = System.nanoTime();
    private Thread thread;
    private long cpuNanos;
    private boolean isOverdue;
    private long interruptedNanos = NOT_INTERRUPTED;
    private boolean isJudged;
    private boolean isStuck;

    Running(Guard guard, String what) {
        this(guard, what, Optional.empty());
    }

    Running(Guard guard, String what, Duration deadline) {
        this(guard, what, Optional.of(deadline));
    }

    private Running(Guard guard, String what, Optional<Duration> deadline) {
        this.guard = guard;
        this.what = what;
        this.deadline = deadline;
    }

    /** Empty when whoever called looks at the clock himself. */
    Optional<Duration> deadline() {
        return deadline;
    }

    /** The calling thread enters the plug-in; one that comes after the deadline is interrupted and followed at once. */
    public synchronized void begin() {
        thread = Thread.currentThread();
        if (isOverdue) {
            interrupt();
        }
    }

    /** It is back. @return whether it had been interrupted */
    public boolean end() {
        boolean interrupted;
        boolean wasFollowed;
        boolean wasStuck;
        synchronized (this) {
            interrupted = thread != null && Thread.interrupted();
            thread = null;
            wasFollowed = interruptedNanos != NOT_INTERRUPTED;
            wasStuck = isStuck;
        }
        if (wasFollowed) {
            guard.returned(this, wasStuck); // it looks at other calls: not under our lock
        }
        return interrupted;
    }

    /** Too long: it is interrupted, and looked after until it comes back; if it has not begun, then when it does. */
    public synchronized void overdue() {
        if (!isOverdue && thread != null) {
            interrupt();
        }
        isOverdue = true;
    }

    private void interrupt() {
        interruptedNanos = System.nanoTime() | 1;
        cpuNanos = cpu();
        thread.interrupt();
        guard.follow(this);
    }

    /** True once: each call counts for or against the plug-in a single time. */
    synchronized boolean judge() {
        boolean first = !isJudged;
        isJudged = true;
        return first;
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - beginNanos > nanos;
    }

    /** Whether it became stuck just now: it was interrupted so long ago and has not come back. */
    synchronized boolean becameStuck(long afterNanos) {
        boolean became = thread != null
                && !isStuck
                && interruptedNanos != NOT_INTERRUPTED
                && System.nanoTime() - interruptedNanos > afterNanos;
        isStuck |= became;
        return became;
    }

    synchronized boolean isStuck() {
        return isStuck && thread != null;
    }

    String what() {
        return what;
    }

    /** The thread and what it does; for people. */
    synchronized String describe() {
        if (thread == null) {
            return "";
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
        long burntMs = TimeUnit.NANOSECONDS.toMillis(cpu() - cpuNanos);
        boolean spins = thread.getState() == Thread.State.RUNNABLE && burntMs > 0;
        String at = Stream.of(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return "thread " + thread.getName() + " is in " + what + " since " + seconds + " s and "
                + (spins ? "spins (" + burntMs + " ms of processor time)" : "is " + thread.getState()) + " at " + at
                + ": no thread can be ended from outside, restart the process to get rid of it";
    }

    private long cpu() {
        return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()));
    }
}
