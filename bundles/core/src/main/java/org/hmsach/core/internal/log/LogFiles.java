package org.hmsach.core.internal.log;

import io.aeron.cluster.RecordingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hmsach.core.internal.disk.ArchiveCatalog;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.Recording;

/** What lies in a log's directory that no process uses: which recording is the log, the tape, a snapshot. */
public final class LogFiles {
    static final int ROW_BYTES = 64;
    private static final int MACHINE = 0;
    private static final int CONSENSUS = -1;
    private final Path directory;
    private final Consumer<Problem> problems;
    private final List<Recording> recordings;
    private final List<Term> terms = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Snapshot> consensusSnapshots = new ArrayList<>();

    /** A time of leadership: the log from a position on. */
    record Term(long recording, long id, long base, long at) {}

    /** A snapshot of the machine on record. */
    record Snapshot(Recording recording, long term, long logPosition, long at) {}

    private LogFiles(Path directory, Consumer<Problem> problems) throws IOException {
        this.directory = directory;
        this.problems = problems;
        this.recordings = ArchiveCatalog.read(Node.archiveDirectory(directory), problems);
        readRecordingLog();
    }

    /** Whether a log was ever begun in the directory: a catalog that a first start left empty is none. */
    public static boolean exist(Path directory) throws IOException {
        Path catalog = Node.archiveDirectory(directory).resolve(ArchiveCatalog.FILE);
        return (Files.exists(catalog) && !FirstStart.isUnfinished(directory, catalog))
                || Files.exists(recordingLog(directory));
    }

    /** Reads catalog and recording log; what is wrong with them is told. */
    public static LogFiles read(Path directory, Consumer<Problem> problems) throws IOException {
        return new LogFiles(directory, problems);
    }

    private static Path recordingLog(Path directory) {
        return Node.clusterDirectory(directory).resolve(RecordingLog.RECORDING_LOG_FILE_NAME);
    }

    private void readRecordingLog() throws IOException {
        Path file = recordingLog(directory);
        if (!Files.exists(file)) {
            if (!recordings.isEmpty()) {
                problem(Problem.WHOLE, "the file is missing");
            }
            return;
        }
        ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int whole = rows.capacity() / ROW_BYTES * ROW_BYTES;
        if (whole != rows.capacity()) {
            problem(whole, "the last row has " + (rows.capacity() - whole) + " of " + ROW_BYTES + " bytes");
        }
        for (int at = 0; at < whole; at += ROW_BYTES) {
            readRow(rows, at);
        }
    }

    private void readRow(ByteBuffer rows, int at) {
        int type = rows.getInt(at + RecordingLog.ENTRY_TYPE_OFFSET);
        long recording = rows.getLong(at + RecordingLog.RECORDING_ID_OFFSET);
        long term = rows.getLong(at + RecordingLog.LEADERSHIP_TERM_ID_OFFSET);
        long base = rows.getLong(at + RecordingLog.TERM_BASE_LOG_POSITION_OFFSET);
        long position = rows.getLong(at + RecordingLog.LOG_POSITION_OFFSET);
        int service = rows.getInt(at + RecordingLog.SERVICE_ID_OFFSET);
        if (type == RecordingLog.ENTRY_TYPE_TERM) {
            addTerm(new Term(recording, term, base, at), position);
        } else if (type == RecordingLog.ENTRY_TYPE_SNAPSHOT && (service == MACHINE || service == CONSENSUS)) {
            Optional<Recording> found = byId(recording);
            if (found.isEmpty()) {
                problem(at, "the snapshot's recording " + recording + " is not in the catalog");
            } else if (service == MACHINE) {
                snapshots.add(new Snapshot(found.get(), term, position, at));
            } else {
                consensusSnapshots.add(new Snapshot(found.get(), term, position, at));
            }
        } else if (type != (RecordingLog.ENTRY_TYPE_SNAPSHOT | RecordingLog.ENTRY_TYPE_INVALID_FLAG)) {
            problem(at, "a row of type " + type + " and service " + service + " is unknown");
        }
    }

    private void addTerm(Term term, long end) {
        if (byId(term.recording()).isEmpty()) {
            problem(term.at(), "the log's recording " + term.recording() + " is not in the catalog");
        }
        if (!terms.isEmpty()) {
            Term before = terms.get(terms.size() - 1);
            if (term.recording() != before.recording() || term.id() <= before.id() || term.base() < before.base()) {
                problem(term.at(), term + " cannot follow " + before);
            }
        }
        if (end != Recording.OPEN && end < term.base()) {
            problem(term.at(), term + " cannot end at " + end);
        }
        terms.add(term);
    }

    void problem(long position, String what) {
        problems.accept(new Problem("cluster/" + RecordingLog.RECORDING_LOG_FILE_NAME, position, what));
    }

    private Optional<Recording> byId(long id) {
        return recordings.stream().filter(r -> r.id() == id).findFirst();
    }

    /** All recordings of the catalog. */
    public List<Recording> recordings() {
        return recordings;
    }

    /** The log; empty when nothing was ever written. */
    public Optional<Recording> log() {
        return terms.isEmpty()
                ? Optional.empty()
                : byId(terms.get(terms.size() - 1).recording());
    }

    /** The tape; empty when nothing was ever written. */
    public Optional<Recording> tape() {
        return recordings.stream().filter(RecordedTape::isTape).findFirst();
    }

    List<Term> terms() {
        return terms;
    }

    /** The engine's own parts of snapshots. */
    List<Snapshot> consensusSnapshots() {
        return consensusSnapshots;
    }

    /** The snapshots of the machine whose consensus part is there too, oldest first. */
    List<Snapshot> snapshots() {
        return snapshots.stream()
                .filter(s -> consensusSnapshots.stream().anyMatch(c -> c.logPosition() == s.logPosition()))
                .toList();
    }
}
