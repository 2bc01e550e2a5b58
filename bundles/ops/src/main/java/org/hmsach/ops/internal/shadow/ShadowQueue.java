package org.hmsach.ops.internal.shadow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from the live traffic to one shadow: bounded, and never waited for. One thread of its own asks the shadow; a
 * call that takes too long is interrupted, counted as late and not compared.
 */
final class ShadowQueue implements AutoCloseable {
    /** Orders that may wait; about as many as come in a second. */
    static final int PLACES = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ShadowQueue.class);
    private static final Duration END = Duration.ofSeconds(1);
    private static final long NO_CALL = 0;

    private final BlockingQueue<Judged> waiting = new ArrayBlockingQueue<>(PLACES);
    private final LongAdder orders = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Question.Source source;
    private final Tally tally;
    private final Duration late;
    private final Thread thread;
    private volatile boolean ended;
    /** When the call under way began; guarded by this, like the interrupt that ends it. */
    private long callSinceNanos = NO_CALL;

    private boolean interrupted;

    /** @param late an answer that takes longer is not compared */
    ShadowQueue(String name, Question.Source source, Tally tally, Duration late) {
        this.late = late;
        this.source = source;
        this.tally = tally;
        this.thread = new Thread(this::work, "hms-shadow " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Called on the way of an order: takes it or counts it as dropped, at once. */
    void offer(Judged judged) {
        if (ended) {
            return;
        }
        orders.increment();
        if (!waiting.offer(judged)) {
            dropped.increment();
        }
    }

    long orders() {
        return orders.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    int waiting() {
        return waiting.size();
    }

    /** Interrupts a call that is late, once. Called now and then by a clock. */
    synchronized void tick() {
        boolean isLate = callSinceNanos != NO_CALL && System.nanoTime() - callSinceNanos > late.toNanos();
        if (isLate && !interrupted) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** Compares no more. A call that does not come back is left alone and named. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} does not come back from a call; restart when that lasts", thread.getName());
        }
    }

    private void work() {
        while (!ended) {
            try {
                Judged judged = waiting.poll(1, TimeUnit.SECONDS);
                if (judged != null) {
                    compare(judged);
                }
            } catch (InterruptedException e) {
                LOG.debug("{} was woken", thread.getName(), e); // it ends, or an interrupt came late
            }
        }
    }

    private void compare(Judged judged) {
        List<Question> questions;
        try {
            questions = source.of(judged);
        } catch (RuntimeException | LinkageError e) { // the shadow's own code names its rules
            tally.failed("?", e);
            return;
        }
        for (Question question : questions) {
            if (!ended) {
                ask(question, judged);
            }
        }
    }

    private void ask(Question question, Judged judged) {
        long began = begin();
        try {
            Comparison comparison = question.ask().get();
            if (end(began)) {
                tally.late();
            } else {
                tally.add(judged.subject(), comparison);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // the shadow's own code
            if (end(began)) {
                tally.late();
            } else {
                tally.failed(question.rule(), e);
            }
        }
    }

    private synchronized long begin() {
        callSinceNanos = System.nanoTime();
        interrupted = false;
        return callSinceNanos;
    }

    /** Whether it took too long. After this no interrupt of the call is left for the next one. */
    private synchronized boolean end(long began) {
        callSinceNanos = NO_CALL;
        if (Thread.interrupted()) {
            LOG.debug("{} was interrupted in a call", thread.getName());
        }
        return System.nanoTime() - began > late.toNanos();
    }
}
