package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open session of one venue, on its own thread: a venue that hangs or throws keeps nobody else waiting.
 *
 * <p>Trouble is only noted here; the lane looks at it and decides.
 */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private static final int MOST_OUTSTANDING = 4_096;
    private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PlugIn guard;
    private final Duration bound;
    private final String venueName;
    private final long incarnation;
    private final ThreadPoolExecutor worker;
    /** Only the worker touches it. */
    private Optional<Venue.Session> session = Optional.empty();

    private final AtomicInteger outstanding = new AtomicInteger();
    /** 0 while nothing is being asked of the venue. */
    private volatile long busySinceNanos;

    private volatile boolean voided;
    private volatile boolean troubled;
    private volatile boolean believed;

    Desk(String venueName, long incarnation, PlugIn guard, Duration bound) {
        this.guard = guard;
        this.bound = bound;
        this.venueName = venueName;
        this.incarnation = incarnation;
        this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "mfe.exec-" + venueName);
            thread.setDaemon(true);
            return thread;
        });
    }

    String venueName() {
        return venueName;
    }

    long incarnation() {
        return incarnation;
    }

    void open(Venue venue, List<Order> openOrders, Venue.Reports reports) {
        submit("open", () -> session = Optional.of(venue.open(incarnation, openOrders, reports)));
    }

    void ask(String what, Consumer<Venue.Session> question) {
        submit(what, () -> session.ifPresent(question));
    }

    /** Ends the session. What it has reported is still told; what it was not yet asked comes with the next opening. */
    void close() {
        worker.getQueue().clear();
        worker.execute(() -> session.ifPresent(this::closeQuietly));
        worker.shutdown();
    }

    /** Ends the session and drops what it reported and nobody has heard yet. */
    void closeAndForget() {
        voided = true;
        close();
    }

    boolean isOver() {
        return worker.isTerminated();
    }

    /** Waits for the end of the session, and interrupts a venue that does not end within the bound. */
    void awaitOver(long boundMs) throws InterruptedException {
        if (!worker.awaitTermination(boundMs, TimeUnit.MILLISECONDS)) {
            LOG.warn("venue {} did not close within {} ms", venueName, boundMs);
            worker.shutdownNow();
        }
    }

    boolean isVoided() {
        return voided;
    }

    /** Notes that venue and core no longer agree, so that whatever else the venue says is worth nothing. */
    void trouble(String why) {
        if (!troubled) {
            LOG.warn("venue {}, incarnation {}: {}; it will be opened anew", venueName, incarnation, why);
        }
        troubled = true;
    }

    /** One more report is on its way to the core. A venue that tells more than the core takes waits, for a while. */
    void reported() {
        if (outstanding.incrementAndGet() > MOST_OUTSTANDING) {
            long endNanos = System.nanoTime() + ROOM_NANOS;
            while (outstanding.get() > MOST_OUTSTANDING && System.nanoTime() - endNanos < 0) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (outstanding.get() > MOST_OUTSTANDING) {
                guard.failed("more than " + MOST_OUTSTANDING + " of its reports wait for the core");
            }
        }
    }

    /** One report has come to its end. */
    void settled() {
        outstanding.decrementAndGet();
    }

    boolean hasOutstanding() {
        return outstanding.get() > 0;
    }

    /** The core took a report of this session. */
    void believe() {
        believed = true;
    }

    boolean isBelieved() {
        return believed;
    }

    boolean isTroubled() {
        return troubled;
    }

    boolean isStuck(long nowNanos, long limitNanos) {
        long since = busySinceNanos;
        return since != 0 && nowNanos - since > limitNanos;
    }

    private void submit(String what, Runnable task) {
        worker.execute(() -> {
            if (!voided && !troubled) {
                guarded(what, task);
            }
        });
    }

    private void guarded(String what, Runnable task) {
        busySinceNanos = System.nanoTime() | 1; // never the 0 that means idle
        try {
            guard.near(what, bound, () -> {
                task.run();
                return what;
            });
        } catch (PlugInException e) {
            LOG.warn("venue {} failed to {}", venueName, what, e);
            trouble("it failed to " + what);
        } finally {
            busySinceNanos = 0;
        }
    }

    private void closeQuietly(Venue.Session open) {
        try {
            guard.end("close", bound, open::close);
        } catch (PlugInException e) {
            LOG.warn("venue {} failed to close", venueName, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
