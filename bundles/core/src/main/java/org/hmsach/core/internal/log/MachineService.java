package org.hmsach.core.internal.log;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.StateMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the committed log and the machine. Its own state, kept in the snapshot beside the machine's: the entry
 * count, the entry time, the clients' sequences, and number and chain hash of the tape.
 */
final class MachineService<A> implements ClusteredService {
    private static final Logger LOG = LoggerFactory.getLogger(MachineService.class);

    private final StateMachine<A> machine;
    private final TapeWriter tape;
    private final Questions questions;
    private final Status status;
    private final AeronLog.Listener listener;
    private final OwnCommands<A> own;
    private final EntryCount count = new EntryCount();
    private Cluster cluster;
    private long snapshotEntry;
    private String stopped = "";
    private boolean busy;
    /** Whether the log was replayed: nobody looks before. */
    private boolean live;

    MachineService(StateMachine<A> machine, Around around, OwnCommands<A> own) {
        this.machine = machine;
        this.tape = around.tape();
        this.questions = around.questions();
        this.status = around.status();
        this.listener = around.listener();
        this.own = own;
    }

    /** What stands around the machine. */
    record Around(TapeWriter tape, Questions questions, Status status, AeronLog.Listener listener) {}

    /** The commands of this process: which client it is, and who waits. */
    record OwnCommands<A>(long client, InFlight<A> inFlight) {}

    @Override
    public void onStart(Cluster started, Image snapshotImage) {
        cluster = started;
        if (snapshotImage != null) {
            restore(SnapshotFrames.of(snapshotImage, cluster.idleStrategy()));
        }
        publishPosition();
    }

    void restore(SnapshotFrames frames) {
        SnapshotReader reader = new SnapshotReader(frames);
        SnapshotHead head = reader.head(count.clients());
        count.restore(head.entries(), head.timeMs());
        snapshotEntry = head.entries();
        tape.restore(head.events(), head.chainHash());
        machine.loadSnapshot(reader);
        reader.expectEnd();
        LOG.info("Snapshot loaded: entry {}, event {}", head.entries(), head.events());
    }

    @Override
    public void onSessionMessage(
            ClientSession session, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        Optional<Entry> entry = count.take(buffer, offset, length, timestamp);
        if (entry.isEmpty()) {
            return;
        }
        Optional<Waiting<A>> waiting = CommandHeader.client(buffer, offset) == own.client()
                ? own.inFlight().find(CommandHeader.sequence(buffer, offset))
                : Optional.empty();
        busy = true;
        Optional<A> answer = stopped.isEmpty() ? apply(entry.get()) : Optional.empty();
        busy = false;
        publishPosition();
        if (answer.isPresent()) {
            Applied<A> applied = new Applied<>(entry.get().number(), tape.last(), answer.get());
            waiting.ifPresent(w -> w.complete(applied));
        } else {
            waiting.ifPresent(w -> w.stopped(stopped));
        }
    }

    /** The answer; empty when the machine stopped. This is the journal's edge: nothing may get out of it. */
    private Optional<A> apply(Entry entry) {
        try {
            A answer = machine.apply(entry, tape);
            if (!tape.finishEntry(entry)) {
                stop("the tape differs from what the machine says at entry " + entry.number(), null);
                return Optional.empty();
            }
            if (live) {
                listener.onApplied();
            }
            return Optional.of(answer);
        } catch (RuntimeException | StackOverflowError e) {
            tape.forgetEntry();
            stop("the machine stopped at entry " + entry.number() + ": " + e.getMessage(), e);
            return Optional.empty();
        }
    }

    private void stop(String why, Throwable cause) {
        stopped = why;
        LOG.error("No more commands are applied: {}", why, cause);
        if (cause instanceof UncheckedIOException) {
            // the disk, not the machine: the log is opened and checked anew
            status.failed(why);
        } else {
            status.broken(why);
        }
    }

    private void publishPosition() {
        status.moveTo(new Position(count.entries(), tape.last(), snapshotEntry));
    }

    @Override
    public void onTakeSnapshot(ExclusivePublication publication) {
        takeSnapshot(new SnapshotWriter(publication::offer, cluster.idleStrategy()));
    }

    /** Where the log stands after the last applied entry; asked on the machine thread. */
    long logPosition() {
        return cluster.logPosition();
    }

    void takeSnapshot(SnapshotWriter writer) {
        if (!stopped.isEmpty()) {
            throw new IllegalStateException("no snapshot of a stopped machine: " + stopped);
        }
        tape.awaitForced();
        SnapshotHead head = new SnapshotHead(count.entries(), count.timeMs(), tape.last(), tape.chainHash());
        writer.head(head, count.clients());
        machine.takeSnapshot(writer);
        writer.end();
        snapshotEntry = count.entries();
        publishPosition();
    }

    @Override
    public void onRoleChange(Cluster.Role newRole) {
        if (newRole != Cluster.Role.LEADER) {
            return;
        }
        if (stopped.isEmpty() && !tape.caughtUp()) {
            stop("the tape is longer than the log: it has events that no entry made", null);
        }
        if (!live) {
            live = true;
            listener.onRestored();
        }
        LOG.info("Replayed to entry {}, event {}, chain {}", count.entries(), tape.last(), tape.chainHex());
        status.open();
    }

    @Override
    public int doBackgroundWork(long nowNs) {
        return busy ? 0 : questions.answerWaiting() + flushTape();
    }

    /** What the tape does not take stops the machine, as in {@link #apply}. */
    private int flushTape() {
        if (!stopped.isEmpty()) {
            return 0;
        }
        try {
            return tape.flushLate(System.nanoTime());
        } catch (RuntimeException e) {
            stop("the tape takes no more events: " + e.getMessage(), e);
            return 1;
        }
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {
        // Sessions carry nothing: a client is known by the header of its commands.
    }

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
        // See onSessionOpen.
    }

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {
        // The machine sets no timers: time comes with commands.
    }

    @Override
    public void onTerminate(Cluster terminated) {
        questions.close();
    }
}
