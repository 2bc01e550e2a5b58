package org.hmsach.api.tape;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hmsach.api.module.Duty;
import org.osgi.annotation.versioning.ConsumerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that follows the tape for one module: it reads a batch, lets the module commit it, and when that fails takes
 * the same batch again after a pause. So a module that answers with causes may be interrupted anywhere.
 *
 * <p>Thread-safe. {@link #close()} ends the thread and waits for it.
 */
public final class TapeFollower implements AutoCloseable {
    /** What a module does with what it reads; called on the follower's thread only. */
    @ConsumerType
    public interface Batch extends TapeListener {
        /** A batch begins: forget what an earlier, failed one collected. */
        void begin();

        /**
         * The batch was delivered: act on it. Called also after quiet times without events.
         *
         * @throws RuntimeException to get the same batch again after a pause
         */
        void commit() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TapeFollower.class);
    private static final int BATCH_EVENTS = 512;
    private static final Duration WAIT = Duration.ofMillis(250);
    private static final long PAUSE_MS = 500;

    private final Tape tape;
    private final Optional<Duty> duty;
    private final LongSupplier from;
    private final Batch batch;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile boolean closed;
    private volatile long nextNumber;
    private volatile String lastError = "";

    /**
     * Starts to follow.
     *
     * @param name  name of the thread
     * @param tape  the tape
     * @param from  number of the first event, at least 1
     * @param batch what to do
     */
    public TapeFollower(String name, Tape tape, long from, Batch batch) {
        this(name, tape, Optional.empty(), () -> from, batch);
    }

    /**
     * Starts to follow for a module that acts: only while it is this bundle's duty, and from the bookmark each time
     * that it becomes that, for another version acted meanwhile.
     *
     * @param name  name of the thread
     * @param tape  the tape
     * @param duty  whether this bundle acts
     * @param from  gives the number of the first event that is not finished, at least 1
     * @param batch what to do
     */
    public TapeFollower(String name, Tape tape, Duty duty, LongSupplier from, Batch batch) {
        this(name, tape, Optional.of(duty), from, batch);
    }

    private TapeFollower(String name, Tape tape, Optional<Duty> duty, LongSupplier from, Batch batch) {
        this.tape = tape;
        this.duty = duty;
        this.from = from;
        this.batch = batch;
        this.nextNumber = from.getAsLong();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Number of the first event that is not yet committed. */
    public long nextNumber() {
        return nextNumber;
    }

    /** Why the last batch failed; empty after one that did not. */
    public String lastError() {
        return lastError;
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean acting = false;
        while (!closed) {
            try {
                if (!acts()) {
                    continue;
                }
                if (!acting) {
                    nextNumber = from.getAsLong(); // whoever acted before may have gone on meanwhile
                    acting = true;
                }
                try (TapeReader reader = tape.open(nextNumber)) {
                    follow(reader);
                }
                acting = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failed(e);
                pause();
            }
        }
    }

    /** It is tried again and again: each reason is told once. */
    private void failed(RuntimeException e) {
        String error = e.toString();
        if (!closed && !error.equals(lastError)) {
            LOG.warn(
                    "{} does not get on at event {} and tries again every {} ms",
                    thread.getName(),
                    nextNumber,
                    PAUSE_MS,
                    e);
        }
        lastError = error;
    }

    /** Whether this bundle acts now, or does so within a moment. */
    private boolean acts() throws InterruptedException {
        return duty.isEmpty() || duty.get().await(WAIT);
    }

    private boolean isRelieved() {
        return duty.isPresent() && !duty.get().isMine();
    }

    private void follow(TapeReader reader) throws InterruptedException {
        while (!closed && !isRelieved()) {
            batch.begin();
            reader.poll(batch, BATCH_EVENTS, WAIT);
            batch.commit();
            nextNumber = reader.nextNumber();
            lastError = "";
        }
    }

    private void pause() {
        lock.lock();
        try {
            if (!closed && !closing.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
