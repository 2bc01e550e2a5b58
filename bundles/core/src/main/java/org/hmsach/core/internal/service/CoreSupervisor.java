package org.hmsach.core.internal.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hmsach.core.internal.log.LogSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one core open on a thread of its own: opening takes long after a crash or with a long log, and after a failure
 * the log is closed and opened anew, which checks what is on disk. No OSGi.
 */
public final class CoreSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoreSupervisor.class);
    private static final long STOP_MS = 60_000;
    private static final long FIRST_PAUSE_MS = 5_000;
    private static final long LONGEST_PAUSE_MS = 300_000;

    private final LogSettings settings;
    private final List<String> requiredRules;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<Core> core = Optional.empty();
    private volatile String state = "starting";

    /** Told what becomes of the core, on the supervisor's thread. */
    public interface Listener {
        /** It takes commands, or questions at least. */
        void onOpen(Core core);

        /** It failed and is about to be closed and opened anew. */
        void onFailed(String why);

        /** What takes long at start. */
        default void onProgress(String message) {}
    }

    /** Begins to open the log. */
    public CoreSupervisor(LogSettings settings, List<String> requiredRules, Listener listener) {
        this.settings = settings;
        this.requiredRules = requiredRules;
        this.listener = listener;
        this.thread = new Thread(this::supervise, "hmsach-core-supervisor");
        thread.setContextClassLoader(CoreSupervisor.class.getClassLoader());
        thread.start();
    }

    private void supervise() {
        long pauseMs = FIRST_PAUSE_MS;
        while (!isStopping(0)) {
            CountDownLatch ended = new CountDownLatch(1);
            boolean runs = open(ended::countDown);
            while (runs && ended.getCount() > 0 && !isStopping(100)) {
                pauseMs = FIRST_PAUSE_MS;
            }
            endRun();
            if (isStopping(pauseMs)) {
                return;
            }
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private boolean open(Runnable onFailed) {
        long beganNs = System.nanoTime();
        try {
            Core opened = Core.start(settings, requiredRules, this::say, onFailed);
            core = Optional.of(opened);
            state = "running";
            LOG.info("Core open after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
            listener.onOpen(opened);
            return true;
        } catch (RuntimeException | LinkageError e) {
            state = "failed: " + e.getMessage();
            LOG.error("The core cannot open its log in {}", settings.directory(), e);
            return false;
        }
    }

    /** Closes what was opened, also when its listener failed. */
    private void endRun() {
        if (core.isEmpty()) {
            return;
        }
        if (isStopping(0)) {
            state = "stopped";
        } else {
            String why = core.map(c -> c.condition().detail()).orElse("");
            state = "failed: " + why;
            LOG.error("The log failed and is opened anew: {}", why);
            listener.onFailed(why);
        }
        core.ifPresent(Core::close);
        core = Optional.empty();
    }

    private boolean isStopping(long waitMs) {
        try {
            return stopping.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void say(String message) {
        state = "starting: " + message;
        LOG.info(message);
        listener.onProgress(message);
    }

    /** The running core; empty while it is starting and when it failed to start. */
    Optional<Core> core() {
        return core;
    }

    /** What it is doing, for people. */
    public String state() {
        return state;
    }

    /** Takes a last snapshot and closes the log. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
