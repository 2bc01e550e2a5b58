package org.hmsach.core.internal.log;

import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.NewLeadershipTermEventDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.disk.Recording;
import org.hmsach.core.internal.entry.StateMachine;

/**
 * Checks a stopped log: every frame of every recording, the tape's numbers and chain, and a replay of the log into a
 * second machine that must say what the tape says and pass through each snapshot's state.
 *
 * @param <M> the machine
 */
public final class LogCheck<M extends StateMachine<?>> {
    private static final long SAY_EVERY_ENTRIES = 250_000;
    private final LogFiles files;
    private final Kind<M> kind;
    private final Listener listener;
    private final Queue<TapeEvent> emitted = new ArrayDeque<>();
    private final TreeMap<Long, LogFiles.Snapshot> snapshotByEntry = new TreeMap<>();
    private M machine;
    private EntryReplay replay;
    private StoppedTape tape;
    private long snapshotsHeld;
    private int termAt;
    private boolean tapeGoesOn = true;
    private boolean tapeHolds = true;

    /** How to make machines and what to compare of them. */
    public record Kind<M>(Supplier<M> fresh, Function<M, String> stateHash) {}

    /** Told what is found. */
    public interface Listener {
        /** Something is wrong. */
        void onProblem(Problem problem);

        /** Something to know that is not wrong. */
        void onNote(Problem note);

        /** What takes long goes on. */
        default void onProgress(String message) {}

        /** An entry that the log holds whole, and the log's position where it ends. */
        default void onEntry(long entry, long position) {}

        /** The next event: of the tape, and behind its end those that the log makes and the tape has not yet. */
        default void onEvent(TapeEvent event) {}
    }

    /**
     * What was found.
     *
     * @param entries    last entry of the log
     * @param tapeEvents last event that is whole on the tape
     * @param events     last event that the log makes
     * @param chainHash  the chain hash of that event, hexadecimal
     * @param snapshots  snapshots that the replay agreed with
     * @param machine    the machine after the last entry
     */
    public record Result<M>(long entries, long tapeEvents, long events, String chainHash, long snapshots, M machine) {}

    private LogCheck(LogFiles files, Kind<M> kind, Listener listener) {
        this.files = files;
        this.kind = kind;
        this.listener = listener;
    }

    /** Checks what lies there; needs a log and a tape. */
    public static <M extends StateMachine<?>> Result<M> run(LogFiles files, Kind<M> kind, Listener listener)
            throws IOException {
        return new LogCheck<>(files, kind, listener).run();
    }

    private Result<M> run() throws IOException {
        Recording log = files.log().orElseThrow(() -> new IllegalStateException("there is no log"));
        Recording tapeRecording = files.tape().orElseThrow(() -> new IllegalStateException("there is no tape"));
        checkOthers(log, tapeRecording);
        machine = kind.fresh().get();
        replay = new EntryReplay(machine, emitted::add);
        long from = readSnapshotHeads(log);
        try (StoppedTape opened = new StoppedTape(tapeRecording, this::tapeProblem);
                RecordedMessages messages = new RecordedMessages(log, from)) {
            tape = opened;
            skipTapeTo(replay.lastEvent());
            replay(log, messages);
            ended(messages.end(), "log");
            finishTape();
        }
        snapshotByEntry.forEach((entry, snapshot) -> problem(
                snapshot.recording(), "the snapshot is of entry " + entry + ", the log ends at " + replay.entries()));
        return new Result<>(
                replay.entries(), tape.last(), replay.lastEvent(), replay.chainHex(), snapshotsHeld, machine);
    }

    /** Every frame of the recordings that are not read message by message. */
    private void checkOthers(Recording log, Recording tapeRecording) throws IOException {
        for (Recording recording : files.recordings()) {
            if (recording.id() != log.id() && recording.id() != tapeRecording.id()) {
                checkFrames(recording);
            }
        }
    }

    private void checkFrames(Recording recording) throws IOException {
        try (RecordedFrames frames = new RecordedFrames(recording, recording.start())) {
            while (frames.next()) {
                // each is checked on the way
            }
            ended(frames.end(), "recording " + recording.id());
        }
    }

    private void ended(RecordedFrames.End end, String what) {
        if (end.how() == RecordedFrames.How.DAMAGED) {
            listener.onProblem(end.problem());
        } else if (end.how() == RecordedFrames.How.TORN) {
            listener.onNote(new Problem(
                    end.file(),
                    end.position(),
                    "the " + what + " is torn here, the next start cuts it: " + end.what()));
        }
    }

    /** Finds the snapshots' entries; when the log's beginning was purged, begins with the oldest. @return where */
    private long readSnapshotHeads(Recording log) throws IOException {
        long from = log.start();
        for (LogFiles.Snapshot snapshot : files.snapshots()) {
            try (StoppedSnapshot stopped = new StoppedSnapshot(snapshot)) {
                snapshotByEntry.put(stopped.head().entries(), snapshot);
                if (log.start() > 0 && from == log.start() && snapshot.logPosition() >= log.start()) {
                    stopped.loadInto(machine);
                    replay.restore(stopped.head(), stopped.clients());
                    snapshotByEntry.remove(stopped.head().entries());
                    from = snapshot.logPosition();
                }
            } catch (IllegalStateException e) {
                snapshotProblem(snapshot, e);
            }
        }
        for (LogFiles.Snapshot consensus : files.consensusSnapshots()) {
            try {
                StoppedSnapshot.checkEngine(consensus);
            } catch (IllegalStateException e) {
                snapshotProblem(consensus, e);
            }
        }
        if (log.start() > 0 && from == log.start()) {
            problem(log, "the log before " + log.start() + " was purged and no snapshot covers it");
        }
        return from;
    }

    private void replay(Recording log, RecordedMessages messages) throws IOException {
        try {
            while (messages.next()) {
                checkTerm(log, messages);
                if (replay.onMessage(messages.buffer(), messages.offset(), messages.length())) {
                    listener.onEntry(replay.entries(), messages.nextPosition());
                    compareWithTape(log, messages.position());
                    compareWithSnapshot();
                    sayProgress();
                }
            }
        } catch (IllegalStateException | ArithmeticException | IndexOutOfBoundsException e) {
            listener.onProblem(new Problem(
                    log.nameOf(messages.position()),
                    messages.position(),
                    "the machine stops behind entry " + replay.entries() + ": " + e.getMessage()));
        }
    }

    private void sayProgress() {
        if (replay.entries() % SAY_EVERY_ENTRIES == 0) {
            listener.onProgress("replayed to entry " + replay.entries());
        }
    }

    /** Each time of leadership stands in the log and in recording.log. */
    private void checkTerm(Recording log, RecordedMessages messages) {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        header.wrap(messages.buffer(), messages.offset());
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.templateId() != NewLeadershipTermEventDecoder.TEMPLATE_ID) {
            return;
        }
        NewLeadershipTermEventDecoder term = new NewLeadershipTermEventDecoder();
        term.wrapAndApplyHeader(messages.buffer(), messages.offset(), header);
        while (termAt < files.terms().size() && files.terms().get(termAt).id() < term.leadershipTermId()) {
            termAt++;
        }
        boolean known = termAt < files.terms().size()
                && files.terms().get(termAt).id() == term.leadershipTermId()
                && files.terms().get(termAt).base() == term.termBaseLogPosition()
                && files.terms().get(termAt).recording() == log.id();
        if (!known) {
            files.problem(
                    Problem.WHOLE,
                    "the log has term " + term.leadershipTermId() + " from position " + term.termBaseLogPosition()
                            + ", recording.log has not");
        }
    }

    /** A frame's length is under no checksum: where the tape's own chain holds, the entry may be what is damaged. */
    private void compareWithTape(Recording log, long position) throws IOException {
        while (!emitted.isEmpty()) {
            TapeEvent due = emitted.remove();
            Optional<TapeEvent> found = tapeGoesOn ? tape.next() : Optional.empty();
            tapeGoesOn = found.isPresent() && found.get().sameAs(due);
            if (found.isPresent() && !tapeGoesOn) {
                tapeHolds = false;
                problem(
                        files.tape().orElseThrow(),
                        "event " + due.number() + " of entry " + due.entry()
                                + " is another on the tape than the log makes");
                listener.onProblem(new Problem(
                        log.nameOf(position),
                        position,
                        "entry " + due.entry() + " makes another event " + due.number()
                                + " than the tape has, whose chain holds up to there"));
            }
            listener.onEvent(due);
        }
    }

    private void compareWithSnapshot() throws IOException {
        LogFiles.Snapshot snapshot = snapshotByEntry.remove(replay.entries());
        if (snapshot == null) {
            return;
        }
        try (StoppedSnapshot stopped = new StoppedSnapshot(snapshot)) {
            M other = kind.fresh().get();
            stopped.loadInto(other);
            String chain = HexFormat.of().formatHex(stopped.head().chainHash());
            if (!kind.stateHash().apply(other).equals(kind.stateHash().apply(machine))) {
                problem(snapshot.recording(), "the snapshot's state is not the log's at entry " + replay.entries());
            } else if (!chain.equals(replay.chainHex()) || stopped.head().events() != replay.lastEvent()) {
                problem(snapshot.recording(), "the snapshot's tape is not the log's at entry " + replay.entries());
            } else {
                snapshotsHeld++;
            }
        } catch (IllegalStateException e) {
            snapshotProblem(snapshot, e);
        }
    }

    private void snapshotProblem(LogFiles.Snapshot snapshot, IllegalStateException why) {
        if (why instanceof StoppedSnapshot.NotOnRecordException) {
            files.problem(snapshot.at(), why.getMessage());
        } else {
            problem(snapshot.recording(), why.getMessage());
        }
    }

    private void skipTapeTo(long number) throws IOException {
        while (tape.last() < number) {
            Optional<TapeEvent> event = tape.next();
            if (event.isEmpty()) {
                return;
            }
            listener.onEvent(event.get());
        }
    }

    private void finishTape() throws IOException {
        long made = replay.lastEvent();
        while (tapeGoesOn && tape.next().isPresent()) {
            // counted by the tape
        }
        ended(tape.end(), "tape");
        Recording recording = files.tape().orElseThrow();
        if (tape.last() > made) {
            problem(recording, "the tape has events to " + tape.last() + ", the log makes " + made);
        } else if (tape.last() < made && tapeHolds && tape.end().how() != RecordedFrames.How.DAMAGED) {
            listener.onNote(new Problem(
                    recording.nameOf(recording.start()),
                    Problem.WHOLE,
                    "the tape ends with event " + tape.last() + ", the log makes " + made
                            + "; the next start appends what is missing"));
        }
    }

    private void tapeProblem(Problem problem) {
        tapeGoesOn = false;
        tapeHolds = false;
        listener.onProblem(problem);
    }

    private void problem(Recording recording, String what) {
        listener.onProblem(new Problem(recording.nameOf(recording.start()), Problem.WHOLE, what));
    }
}
