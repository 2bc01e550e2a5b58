package org.hmsach.core.internal.log;

import io.aeron.cluster.RecordingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hmsach.core.internal.disk.ArchiveCatalog;
import org.hmsach.core.internal.disk.CatalogCopy;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.Recording;
import org.hmsach.core.internal.disk.RecordingCopy;

/**
 * Copies a log's directory while the log goes on: the newest snapshot, and log and tape from their beginning up to one
 * moment. First the lists of recordings are copied, then the moment is chosen, then all that lies before it.
 */
final class LogCopy {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private final Path from;
    private final Path to;
    private final long keepFreeBytes;
    private final LogFiles files;

    /** Where log and tape of the copy end. */
    record End(long logPosition, long tapePosition) {}

    private LogCopy(Path from, Path to, long keepFreeBytes) throws IOException {
        this.from = from;
        this.to = to;
        this.keepFreeBytes = keepFreeBytes;
        this.files = copyLists();
    }

    /**
     * Copies the lists of what was recorded; the moment must be chosen after this. A snapshot must be on record.
     *
     * @param to            the copy; must be empty, or not be there
     * @param keepFreeBytes so much space must remain on the copy's disk
     */
    static LogCopy begin(Path from, Path to, long keepFreeBytes) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> inside = Files.list(to)) {
            if (inside.findAny().isPresent()) {
                throw new IOException(to + " is not empty");
            }
        }
        Files.createDirectory(Node.archiveDirectory(to));
        Files.createDirectory(Node.clusterDirectory(to));
        return new LogCopy(from, to, keepFreeBytes);
    }

    /** The archive may be writing its catalog right now: read again until it holds and the snapshot is closed. */
    private LogFiles copyLists() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (true) {
            List<Problem> problems = new ArrayList<>();
            copyRecordingLog();
            Path catalog = Node.archiveDirectory(to).resolve(ArchiveCatalog.FILE);
            Files.write(catalog, Files.readAllBytes(Node.archiveDirectory(from).resolve(ArchiveCatalog.FILE)));
            LogFiles found = LogFiles.read(to, problems::add);
            boolean closed = !found.snapshots().isEmpty()
                    && snapshots(found).noneMatch(s -> s.recording().isOpen());
            if (problems.isEmpty()
                    && closed
                    && found.log().isPresent()
                    && found.tape().isPresent()) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the log's lists in " + from + " do not hold: "
                        + (problems.isEmpty() ? "no finished snapshot, log or tape" : problems.get(0)));
            }
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private static Stream<LogFiles.Snapshot> snapshots(LogFiles files) {
        return Stream.concat(files.snapshots().stream(), files.consensusSnapshots().stream());
    }

    /** Times of leadership, and the newest snapshot that is whole; older ones are not needed. */
    private void copyRecordingLog() throws IOException {
        Path name = Path.of(RecordingLog.RECORDING_LOG_FILE_NAME);
        ByteBuffer rows = ByteBuffer.wrap(
                        Files.readAllBytes(Node.clusterDirectory(from).resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<Long, Integer> parts = new HashMap<>();
        for (int at = 0; at + LogFiles.ROW_BYTES <= rows.capacity(); at += LogFiles.ROW_BYTES) {
            if (type(rows, at) == RecordingLog.ENTRY_TYPE_SNAPSHOT) {
                parts.merge(position(rows, at), 1, Integer::sum);
            }
        }
        long newest = parts.entrySet().stream()
                .filter(e -> e.getValue() >= 2)
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(-1);
        ByteBuffer kept = ByteBuffer.allocate(rows.capacity());
        for (int at = 0; at + LogFiles.ROW_BYTES <= rows.capacity(); at += LogFiles.ROW_BYTES) {
            boolean term = type(rows, at) == RecordingLog.ENTRY_TYPE_TERM;
            if (term || (type(rows, at) == RecordingLog.ENTRY_TYPE_SNAPSHOT && position(rows, at) == newest)) {
                kept.put(rows.slice(at, LogFiles.ROW_BYTES));
            }
        }
        write(Node.clusterDirectory(to).resolve(name), kept.flip());
    }

    private static int type(ByteBuffer rows, int at) {
        return rows.getInt(at + RecordingLog.ENTRY_TYPE_OFFSET);
    }

    private static long position(ByteBuffer rows, int at) {
        return rows.getLong(at + RecordingLog.LOG_POSITION_OFFSET);
    }

    private static void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    /** Copies what lies before the moment, all of which must be recorded. @return how many bytes */
    long finish(End end, Log.CopyListener listener) throws IOException {
        Recording log = files.log().orElseThrow();
        Recording tape = files.tape().orElseThrow();
        Map<Recording, Long> ends = new HashMap<>();
        snapshots(files).forEach(s -> ends.put(s.recording(), s.recording().stop()));
        ends.put(log, end.logPosition());
        ends.put(tape, end.tapePosition());
        long total = ends.entrySet().stream()
                .mapToLong(e -> e.getValue() - e.getKey().start())
                .sum();
        expectSpace(total);
        long[] done = {0};
        for (Map.Entry<Recording, Long> one : ends.entrySet()) {
            Recording recording = one.getKey().in(Node.archiveDirectory(from));
            new RecordingCopy(recording, Node.archiveDirectory(to), bytes -> {
                        done[0] += bytes;
                        listener.onBytes(done[0], total);
                    })
                    .upTo(one.getValue());
        }
        Map<Long, Long> endById = new HashMap<>();
        ends.forEach((recording, position) -> endById.put(recording.id(), position));
        CatalogCopy.rewrite(Node.archiveDirectory(to), endById);
        copyIndex();
        return total;
    }

    private void expectSpace(long bytes) throws IOException {
        long free = Files.getFileStore(to).getUsableSpace();
        if (free < bytes + keepFreeBytes) {
            throw new IOException("the copy needs " + bytes + " bytes and must leave " + keepFreeBytes + ", there are "
                    + free + " free in " + to);
        }
    }

    /** Saves the next start of the copy a reading of the whole tape; marks behind its end are dropped there. */
    private void copyIndex() throws IOException {
        Path index = from.resolve(TapeIndex.FILE);
        if (Files.exists(index)) {
            write(to.resolve(TapeIndex.FILE), ByteBuffer.wrap(Files.readAllBytes(index)));
        }
    }
}
