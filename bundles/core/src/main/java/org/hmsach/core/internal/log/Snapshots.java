package org.hmsach.core.internal.log;

import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ConsensusModule;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.status.AtomicCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes snapshots: by call, and by schedule when {@link #tick} finds one due. Used by the log's watch thread. */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private final ConsensusModule.Context consensus;
    private final Status status;
    private final SnapshotSchedule schedule;

    Snapshots(ConsensusModule.Context consensus, Status status, LogSettings settings) {
        this.consensus = consensus;
        this.status = status;
        this.schedule =
                new SnapshotSchedule(settings.snapshotEveryEntries(), settings.snapshotEvery(), System.nanoTime());
    }

    void tick() {
        Position position = status.position();
        if (schedule.isDue(position.entry(), position.snapshotEntry(), System.nanoTime()) && mayTake()) {
            try {
                take();
            } catch (LogUnavailableException e) {
                LOG.warn("Scheduled snapshot not taken: {}", e.getMessage());
                schedule.tried(System.nanoTime());
            }
        }
    }

    boolean hasFresh() {
        return status.position().entry() > status.position().snapshotEntry();
    }

    boolean mayTake() {
        Condition.State state = status.condition().state();
        return state == Condition.State.OPEN || state == Condition.State.NO_SPACE;
    }

    /** Takes one and returns when the consensus module has it on record. */
    void take() {
        if (!mayTake()) {
            throw new LogUnavailableException(
                    "no snapshot: " + status.condition().detail(), false);
        }
        long before = consensus.snapshotCounter().get();
        AtomicCounter toggle = consensus.controlToggleCounter();
        long began = System.nanoTime();
        long deadline = began + PATIENCE_NS;
        Nap nap = new Nap();
        while (!ClusterControl.ToggleState.SNAPSHOT.toggle(toggle)) {
            nap.orGiveUp(deadline, "the log is busy with another snapshot");
        }
        while (consensus.snapshotCounter().get() == before) {
            nap.orGiveUp(deadline, "the snapshot was not finished within a minute");
        }
        schedule.tried(System.nanoTime());
        LOG.info(
                "Snapshot at entry {}: the machine took no commands for up to {} ms",
                status.position().snapshotEntry(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    void take(CompletableFuture<Void> done) {
        try {
            take();
            done.complete(null);
        } catch (LogUnavailableException e) {
            done.completeExceptionally(e);
        }
    }

    /** Waits a little, up to a deadline. */
    private final class Nap {
        void orGiveUp(long deadlineNs, String why) {
            if (!mayTake()) {
                throw new LogUnavailableException(status.condition().detail(), false);
            }
            if (System.nanoTime() > deadlineNs) {
                throw new LogUnavailableException(why, false);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
