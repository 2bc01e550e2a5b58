package org.hmsach.core.internal.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.StateMachine;
import org.hmsach.core.internal.log.AeronLog.Listener;

/**
 * The log without its engine: a wire that may lose a session and bring messages twice or late, a disk that keeps for
 * sure only what was forced, and a process that dies and starts again. What is on the machine's side of the engine
 * (numbering, duplicates, tape, snapshot, answers) is the product's own code. One thread; nothing happens by itself.
 */
public final class SimulatedLog<A> {
    private static final int SNAPSHOT_FRAME_BYTES = SnapshotSink.MAX_RECORD_BYTES;

    /** One message of the log. */
    public record Message(long client, long sequence, long timeMs, UnsafeBuffer frame) {}

    /** A snapshot: its frames, and how many messages of the log it covers. */
    private record Saved(int messages, List<byte[]> frames) {}

    /** What a disk is worth; an honest one loses nothing that was forced. */
    public enum Disk {
        HONEST,
        FORGETS_FORCED
    }

    private final Disk kind;
    private final List<Message> disk = new ArrayList<>();
    private final MemoryTape tape = new MemoryTape();
    private int forced;
    private Optional<Saved> saved = Optional.empty();
    private Optional<Saved> saving = Optional.empty();

    private long starts;
    private InFlight<A> inFlight = new InFlight<>();
    private Deque<Message> session = new ArrayDeque<>();
    private final Deque<Message> strays = new ArrayDeque<>();
    private long toSend = 1;
    private int applied;
    private Optional<Message> applying = Optional.empty();
    private Status status = new Status(condition -> {});
    private Optional<MachineService<A>> service = Optional.empty();
    private TapeWriter writer = new TapeWriter(tape);

    public SimulatedLog(Disk kind) {
        this.kind = kind;
    }

    /** Starts a process: newest snapshot, then the rest of the log, then open. */
    public void start(StateMachine<A> machine) {
        starts++;
        inFlight = new InFlight<>();
        session = new ArrayDeque<>();
        toSend = 1;
        status = new Status(condition -> {});
        writer = new TapeWriter(tape);
        tape.open();
        MachineService<A> started = new MachineService<>(
                machine,
                new MachineService.Around(writer, new Questions(), status, new Listener() {}),
                new MachineService.OwnCommands<>(starts, inFlight));
        service = Optional.of(started);
        applied = 0;
        saved.ifPresent(s -> {
            started.restore(frames(s.frames()));
            applied = s.messages();
        });
        applyForced();
        started.onRoleChange(io.aeron.cluster.service.Cluster.Role.LEADER);
    }

    private static SnapshotFrames frames(List<byte[]> frames) {
        Deque<byte[]> left = new ArrayDeque<>(frames);
        return sink -> {
            if (left.isEmpty()) {
                return false;
            }
            byte[] frame = left.remove();
            sink.write(new UnsafeBuffer(frame), 0, frame.length);
            return true;
        };
    }

    /** Hands a command to this process; the future completes when it is forced and applied. */
    public CompletableFuture<Applied<A>> submit(byte[] command) {
        Waiting<A> waiting = new Waiting<>(CommandHeader.frame(new UnsafeBuffer(command), 0, command.length), 0);
        CommandHeader.fill(waiting.frame(), starts, inFlight.next());
        inFlight.add(waiting);
        return waiting.answer();
    }

    /** Which client this process is. */
    public long client() {
        return starts;
    }

    /** The sequence that the next submitted command gets. */
    public long nextSequence() {
        return inFlight.next();
    }

    /** Whether this process can take no more before some are applied. */
    public boolean isFull() {
        inFlight.dropApplied();
        return inFlight.isFull();
    }

    /** Puts up to {@code most} commands on the wire. */
    public void send(int most, long timeMs) {
        inFlight.dropApplied();
        toSend = Math.max(toSend, inFlight.oldest());
        for (int i = 0; i < most && toSend < inFlight.next(); i++) {
            session.add(new Message(starts, toSend, timeMs, inFlight.get(toSend).frame()));
            toSend++;
        }
    }

    /** The session is lost: what is on the wire is gone, or strays and comes later; all unanswered is sent again. */
    public void loseSession(boolean straying) {
        if (straying) {
            strays.addAll(session);
        }
        session.clear();
        inFlight.dropApplied();
        toSend = inFlight.oldest();
    }

    /** The log takes up to {@code most} messages from the wire; they are written, not yet forced. */
    public void append(int most, long timeMs) {
        for (int i = 0; i < most && !session.isEmpty(); i++) {
            disk.add(at(session.remove(), timeMs));
        }
    }

    /** A message of a lost session arrives. */
    public void appendStray(long timeMs) {
        if (!strays.isEmpty()) {
            disk.add(at(strays.remove(), timeMs));
        }
    }

    private static Message at(Message m, long timeMs) {
        return new Message(m.client(), m.sequence(), timeMs, m.frame());
    }

    /** Forces up to {@code most} written messages, and applies them. */
    public void force(int most) {
        forced = (int) Math.min(disk.size(), (long) forced + most);
        applyForced();
    }

    private void applyForced() {
        while (applied < forced) {
            Message m = disk.get(applied);
            applied++;
            applying = Optional.of(m);
            service.orElseThrow()
                    .onSessionMessage(null, m.timeMs(), m.frame(), 0, m.frame().capacity(), null);
            // what the writer still gathers and what is not forced yet is lost alike
            writer.flush();
        }
        applying = Optional.empty();
    }

    /** The message that is being applied, for whoever looks on. */
    public Optional<Message> applying() {
        return applying;
    }

    /** Begins a snapshot of what is applied; it counts from {@link #finishSnapshot}. */
    public void beginSnapshot() {
        List<byte[]> frames = new ArrayList<>();
        SnapshotWriter writer = new SnapshotWriter(
                (buffer, offset, length) -> {
                    if (length > SNAPSHOT_FRAME_BYTES) {
                        throw new IllegalStateException("a frame of " + length + " bytes");
                    }
                    byte[] frame = new byte[length];
                    buffer.getBytes(offset, frame);
                    frames.add(frame);
                    return 1;
                },
                NoOpIdleStrategy.INSTANCE);
        service.orElseThrow().takeSnapshot(writer);
        saving = Optional.of(new Saved(applied, frames));
    }

    /** The snapshot is on record. */
    public void finishSnapshot() {
        if (saving.isPresent()) {
            saved = saving;
            saving = Optional.empty();
        }
    }

    /** The tape's recorder forces. */
    public void forceTape() {
        tape.awaitForced();
    }

    /** Messages and events that were written and not forced: so many may be lost or kept. */
    public int unforcedMessages() {
        return disk.size() - forced;
    }

    public int unforcedEvents() {
        return tape.unforced();
    }

    /** The process dies. Of what was not forced, the disk keeps so many messages and events. */
    public void crash(int keptMessages, int keptEvents) {
        int kept = forced + keptMessages - (kind == Disk.FORGETS_FORCED && keptMessages == 0 ? 1 : 0);
        disk.subList(Math.max(0, kept), disk.size()).clear();
        forced = disk.size();
        tape.crash(keptEvents);
        strays.clear();
        saving = Optional.empty();
        service = Optional.empty();
        saved.filter(s -> s.messages() > disk.size()).ifPresent(s -> {
            throw new AssertionError("the log lost what its snapshot covers");
        });
    }

    /** Whether commands are taken, and if not, why. */
    public Condition condition() {
        return status.condition();
    }

    /** Frames of all events on the tape. */
    public List<byte[]> tape() {
        return tape.frames();
    }

    /** Events from number {@code from} on. */
    public List<TapeEvent> eventsFrom(long from) {
        return tape.read(from, Integer.MAX_VALUE);
    }

    /** The event's bytes as they lie on the tape. */
    public byte[] frame(TapeEvent event) {
        return bytes(event);
    }

    private static byte[] bytes(TapeEvent event) {
        byte[] frame = new byte[event.frame().capacity()];
        event.frame().getBytes(0, frame);
        return frame;
    }

    /** The last event on the tape. */
    public long lastEvent() {
        return tape.last();
    }

    /** The whole log, without snapshot and onto an empty tape, in another process; gives the frames of its tape. */
    public List<byte[]> replayed(StateMachine<A> other) {
        SimulatedLog<A> second = new SimulatedLog<>(Disk.HONEST);
        second.disk.addAll(disk.subList(0, forced));
        second.forced = forced;
        second.start(other);
        if (!second.condition().isOpen()) {
            throw new AssertionError("the replay stopped: " + second.condition().detail());
        }
        return second.tape();
    }

    /** The tape's store in memory. */
    private static final class MemoryTape implements TapeStore {
        private final List<TapeEvent> events = new ArrayList<>();
        private int forcedEvents;
        private long lastAtOpen;

        void open() {
            lastAtOpen = events.size();
        }

        @Override
        public long lastAtOpen() {
            return lastAtOpen;
        }

        @Override
        public void append(TapeEvent event) {
            if (event.number() != events.size() + 1) {
                throw new AssertionError(event + " follows event " + events.size());
            }
            events.add(event);
        }

        @Override
        public void awaitForced() {
            forcedEvents = events.size();
        }

        @Override
        public OldTape old(long from) {
            Iterator<TapeEvent> walk = events.listIterator((int) from - 1);
            return new OldTape() {
                @Override
                public boolean nextIs(TapeEvent event) {
                    DirectBuffer frame = walk.next().frame();
                    return event.isAt(frame, 0, frame.capacity());
                }

                @Override
                public void close() {
                    // memory stays
                }
            };
        }

        @Override
        public List<TapeEvent> read(long from, int max) {
            int first = (int) from - 1;
            return List.copyOf(events.subList(first, (int) Math.min(events.size(), (long) first + max)));
        }

        @Override
        public OptionalLong firstNumberOf(long entry) {
            return events.stream()
                    .filter(event -> event.entry() >= entry)
                    .mapToLong(TapeEvent::number)
                    .findFirst();
        }

        long last() {
            return events.size();
        }

        int unforced() {
            return events.size() - forcedEvents;
        }

        void crash(int kept) {
            events.subList(forcedEvents + kept, events.size()).clear();
            forcedEvents = events.size();
        }

        List<byte[]> frames() {
            return events.stream().map(SimulatedLog::bytes).toList();
        }
    }
}
