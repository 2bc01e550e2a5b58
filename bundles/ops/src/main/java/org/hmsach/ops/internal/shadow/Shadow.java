package org.hmsach.ops.internal.shadow;

import java.util.List;
import org.hmsach.ops.internal.frame.BundleServices;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Version;

/** One version beside the one that serves: asked the same, never answered by. Thread-safe. */
final class Shadow {
    /** Who staged it, and why. */
    record Stager(String who, String why) {}

    private final String id;
    private final Stager stager;
    private final SwapEngine.Beside beside;
    private final List<BundleServices<?>> services;
    private final Tally tally = new Tally();
    private final ShadowQueue queue;
    private final long sinceMs = System.currentTimeMillis();
    private volatile String state = ShadowReport.RUNNING;

    /** @param services what it holds, let go at the end */
    Shadow(
            String id,
            Stager stager,
            SwapEngine.Beside beside,
            Question.Source source,
            List<BundleServices<?>> services) {
        this.id = id;
        this.stager = stager;
        this.beside = beside;
        this.services = List.copyOf(services);
        this.queue = new ShadowQueue(beside.jar().name() + " " + id, source, tally);
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
        services.forEach(BundleServices::close);
    }

    ShadowReport report() {
        Tally.Sums sums = tally.sums();
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
                        ShadowQueue.LATE.toMillis(),
                        sums.lastFailure()),
                tally.rows());
    }
}
