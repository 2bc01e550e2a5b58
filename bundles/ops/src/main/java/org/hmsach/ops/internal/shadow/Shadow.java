package org.hmsach.ops.internal.shadow;

import java.time.Duration;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Version;

/** One version beside the one that serves: asked the same, never answered by. Thread-safe. */
final class Shadow {
    /** Who staged it, and why. */
    record Stager(String who, String why) {}

    /**
     * What it is asked.
     *
     * @param questions of each order that comes by
     * @param tally     where answers are counted, also those of sources that ask by themselves
     * @param held      what is let go at the end
     */
    record Sources(Question.Source questions, Tally tally, Held held) {}

    private final String id;
    private final Stager stager;
    private final SwapEngine.Beside beside;
    private final Sources sources;
    private final Duration late;
    private final ShadowQueue queue;
    private final long sinceMs = System.currentTimeMillis();
    private volatile String state = ShadowReport.RUNNING;

    Shadow(String id, Stager stager, SwapEngine.Beside beside, Sources sources, Duration late) {
        this.late = late;
        this.id = id;
        this.stager = stager;
        this.beside = beside;
        this.sources = sources;
        this.queue = new ShadowQueue(beside.jar().name() + " " + id, sources.questions(), sources.tally(), late);
    }

    String id() {
        return id;
    }

    String module() {
        return beside.jar().name();
    }

    String digest() {
        return beside.jar().digest();
    }

    Stager stager() {
        return stager;
    }

    SwapEngine.Beside beside() {
        return beside;
    }

    void offer(Judged judged) {
        queue.offer(judged);
    }

    void tick() {
        queue.tick();
    }

    /** Compares no more; the report stays. @param how what to say of its end */
    void end(String how) {
        state = how;
        queue.close();
        sources.held().close();
    }

    ShadowReport report() {
        Tally.Sums sums = sources.tally().sums();
        return new ShadowReport(
                id,
                module(),
                beside.serves(),
                new Version(beside.jar().version(), digest()),
                stager.who(),
                stager.why(),
                sinceMs,
                state,
                new ShadowReport.Counts(
                        queue.orders(),
                        queue.waiting(),
                        queue.dropped(),
                        sums.compared(),
                        sums.stricter(),
                        sums.looser(),
                        sums.failed(),
                        sums.late(),
                        late.toMillis(),
                        sums.lastFailure()),
                sources.tally().rows());
    }
}
