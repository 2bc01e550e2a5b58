package org.hmsach.ops.internal.frame;

/**
 * Threads that replace modules yield the processor to those of orders. Java threads begin with the priority of the
 * thread that starts them, so what a new version starts yields, too, until it is given its own. Has an effect where the
 * JVM maps priorities to the system's ({@code hms start} sees to that where it may).
 */
public final class SwapThreads {
    private static final String NAME = "hms-swap ";
    /** Rarely anybody else's: three below the normal one. */
    private static final int YIELDING = Thread.NORM_PRIORITY - 3;

    private SwapThreads() {}

    /** Starts a daemon that yields. */
    public static void start(String what, Runnable work) {
        begin(what, work, YIELDING);
    }

    /** Starts one of the priority of the thread that asks: who waits for an answer does not yield. */
    static void startLike(String what, Runnable work) {
        begin(what, work, Thread.currentThread().getPriority());
    }

    /** Whether the thread that asks, one of these, yields: not while others wait for its work. */
    public static void yielding(boolean yields) {
        Thread.currentThread().setPriority(yields ? YIELDING : Thread.NORM_PRIORITY);
    }

    /** What runs and began at the priority of swaps, and is none, gets the normal one. */
    public static void giveBack() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() * 2];
        int running = all.enumerate(threads);
        for (int i = 0; i < running; i++) {
            Thread thread = threads[i];
            if (thread.getPriority() == YIELDING && !thread.getName().startsWith(NAME)) {
                thread.setPriority(Thread.NORM_PRIORITY);
            }
        }
    }

    private static void begin(String what, Runnable work, int priority) {
        Thread thread = new Thread(work, NAME + what);
        thread.setDaemon(true);
        thread.setPriority(priority);
        thread.start();
    }
}
