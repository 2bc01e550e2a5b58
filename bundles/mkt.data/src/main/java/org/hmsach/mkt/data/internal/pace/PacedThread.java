package org.hmsach.mkt.data.internal.pace;

import org.hmsach.spi.mkt.MarketDataFeed;

/** A feed's thread; once closed it tells nothing more. */
public final class PacedThread implements MarketDataFeed.Run {
    private static final long STOP_WITHIN_MS = 5_000;

    private final Pace pace;
    private final Thread thread;

    private PacedThread(String name, Pace pace, Runnable work) {
        this.pace = pace;
        this.thread = new Thread(work, name);
        this.thread.setDaemon(true);
    }

    /** Starts work that ends soon after the pace is stopped. */
    public static PacedThread start(String name, Pace pace, Runnable work) {
        PacedThread started = new PacedThread(name, pace, work);
        started.thread.start();
        return started;
    }

    @Override
    public void close() {
        pace.stop();
        try {
            if (thread != Thread.currentThread()) {
                thread.join(STOP_WITHIN_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
