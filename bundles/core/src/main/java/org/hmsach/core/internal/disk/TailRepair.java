package org.hmsach.core.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes the ends of recordings fit to be written on, before the engine opens them. Behind the last whole message lies
 * what an append did not finish: it was never forced as a whole, so nobody was answered on it, and it is cut; a copy is
 * kept beside. What lies before stays. The last bytes before the end are written once more and forced: after an error
 * of the disk the system may take them for written when they are not.
 */
public final class TailRepair {
    /** More than the engine writes at once between two forces. */
    private static final int REWRITTEN_BYTES = 4 << 20;

    private static final int CHUNK_BYTES = 1 << 20;
    /** In the log's directory: what was cut, by segment file and position. */
    static final String CUT = "cut";

    private final Path archive;
    private final Consumer<Problem> cuts;

    /** A file is damaged where something was recorded: no start may hide that. */
    public static final class DamagedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        DamagedException(Path archive, Problem problem) {
            super(core(archive) + ": " + problem + ". The log is not opened. Look with: hms verify "
                    + core(archive).getParent() + "; then put back a backup with: hms restore");
        }

        private static Path core(Path archive) {
            return archive.toAbsolutePath().getParent();
        }
    }

    private TailRepair(Path archive, Consumer<Problem> cuts) {
        this.archive = archive;
        this.cuts = cuts;
    }

    /**
     * Repairs all recordings of an archive that no process uses.
     *
     * @param cuts told what was cut
     * @throws DamagedException when something else than an unfinished append is wrong; nothing is changed then
     */
    public static void run(Path archive, Consumer<Problem> cuts) throws IOException {
        if (Files.exists(archive.resolve(ArchiveCatalog.FILE))) {
            new TailRepair(archive, cuts).run();
        }
    }

    private void run() throws IOException {
        List<Problem> problems = new ArrayList<>();
        List<Recording> recordings = ArchiveCatalog.read(archive, problems::add);
        if (!problems.isEmpty()) {
            throw new DamagedException(archive, problems.get(0));
        }
        List<Long> ends = new ArrayList<>();
        for (Recording recording : recordings) {
            ends.add(endOf(recording));
        }
        for (int i = 0; i < recordings.size(); i++) {
            Recording recording = recordings.get(i);
            cut(recording, ends.get(i));
            if (ends.get(i) != recording.stop()) {
                // the engine would note the end of an open recording too, and leave its entry's checksum as it was
                ArchiveCatalog.moveStop(archive, recording.id(), ends.get(i));
            }
        }
    }

    /** Where the last whole message ends. Messages do not go over a segment's end, so only the last one is read. */
    private long endOf(Recording recording) throws IOException {
        long last = recording.isOpen() ? lastSegment(recording) : recording.segmentBase(recording.stop());
        try (RecordedMessages messages = new RecordedMessages(recording, Math.max(last, recording.start()))) {
            while (messages.next()) {
                // each is checked on the way
            }
            if (messages.end().how() == RecordedFrames.How.DAMAGED) {
                throw new DamagedException(archive, messages.end().problem());
            }
            return messages.end().position();
        }
    }

    private long lastSegment(Recording recording) throws IOException {
        long base = recording.segmentBase(recording.start());
        long last = base;
        while (Files.exists(recording.segment(base))) {
            last = base;
            base += recording.shape().segmentBytes();
        }
        return last;
    }

    private void cut(Recording recording, long end) throws IOException {
        Path file = recording.segment(recording.segmentBase(end));
        if (!Files.exists(file)) {
            return;
        }
        int at = (int) (end - recording.segmentBase(end));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            boolean cut = keep(channel, at, file.getFileName() + "-" + end) && clear(channel, at);
            if (cut || recording.isOpen()) {
                writeAgain(channel, at);
                channel.force(true);
            }
            if (cut) {
                cuts.accept(new Problem(
                        recording.nameOf(end), end, "an unfinished append was cut here; a copy is in " + CUT));
            }
        }
    }

    /** Copies what is behind the place, up to its last chunk that is not zero; false when there were only zeros. */
    private boolean keep(FileChannel channel, long from, String name) throws IOException {
        long end = from;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (long at = from; read(channel, chunk.clear(), at); at += CHUNK_BYTES) {
            end = isZero(chunk) ? end : Math.min(at + CHUNK_BYTES, channel.size());
        }
        if (end > from) {
            Path kept = Files.createDirectories(archive.resolveSibling(CUT)).resolve(name);
            try (FileChannel copy = FileChannel.open(
                    kept, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (long at = from; at < end; ) {
                    at += channel.transferTo(at, end - at, copy);
                }
                copy.force(true);
            }
        }
        return end > from;
    }

    /** Zeros behind the place; false when there were only zeros. */
    private static boolean clear(FileChannel channel, long from) throws IOException {
        boolean any = false;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        ByteBuffer zeros = ByteBuffer.allocate(CHUNK_BYTES);
        long at = from;
        while (read(channel, chunk.clear(), at)) {
            int length = chunk.remaining();
            if (!isZero(chunk)) {
                any = true;
                write(channel, zeros.clear().limit(length), at);
            }
            at += length;
        }
        return any;
    }

    private static boolean isZero(ByteBuffer bytes) {
        while (bytes.remaining() >= Long.BYTES) {
            if (bytes.getLong() != 0) {
                return false;
            }
        }
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private static void writeAgain(FileChannel channel, long end) throws IOException {
        long from = Math.max(0, end - REWRITTEN_BYTES);
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - from));
        if (read(channel, bytes, from)) {
            write(channel, bytes, from);
        }
    }

    /** Fills the buffer as far as the file goes and flips it; false at the file's end. */
    private static boolean read(FileChannel channel, ByteBuffer into, long from) throws IOException {
        int count = 0;
        while (into.hasRemaining() && count >= 0) {
            count = channel.read(into, from + into.position());
        }
        into.flip();
        return into.hasRemaining();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long to) throws IOException {
        long at = to;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
