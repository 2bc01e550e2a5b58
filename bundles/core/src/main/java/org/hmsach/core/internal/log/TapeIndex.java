package org.hmsach.core.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where in the recording each thousandth event begins, and which entry made it. Derived data in a small file: it may be
 * deleted, and what does not fit the recording is dropped and found again by reading.
 */
final class TapeIndex implements Closeable {
    /** Its name in the log's directory. */
    static final String FILE = "tape.marks";

    static final int EVERY = 1_024;
    private static final int ROW_BYTES = 3 * Long.BYTES;
    private final TreeMap<Long, Mark> byNumber = new TreeMap<>();
    /** Of several marks of one entry the first. */
    private final TreeMap<Long, Mark> byEntry = new TreeMap<>();

    private final Path file;
    private FileChannel channel;

    TapeIndex(Path file) {
        this.file = file;
    }

    /**
     * A marked event.
     *
     * @param number   its number
     * @param position where it begins in the recording
     * @param entry    the entry that made it; of event 1 it is not known, and 0
     */
    record Mark(long number, long position, long entry) {
        boolean isOf(long eventNumber, long itsEntry) {
            return eventNumber == number && itsEntry == entry;
        }

        boolean isFirst() {
            return number == 1;
        }
    }

    /** Loads the marks up to {@code endPosition}; {@code startPosition} is where event 1 begins. */
    synchronized void open(long startPosition, long endPosition) {
        put(new Mark(1, startPosition, 0));
        try {
            if (Files.exists(file)) {
                ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(file));
                while (rows.remaining() >= ROW_BYTES) {
                    keep(new Mark(rows.getLong(), rows.getLong(), rows.getLong()), endPosition);
                }
            }
            rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException("tape index " + file, e);
        }
    }

    private void keep(Mark mark, long endPosition) {
        Mark newest = byNumber.lastEntry().getValue();
        if (mark.number() > newest.number()
                && mark.position() > newest.position()
                && mark.position() < endPosition
                && mark.entry() >= newest.entry()) {
            put(mark);
        }
    }

    private void put(Mark mark) {
        byNumber.put(mark.number(), mark);
        byEntry.putIfAbsent(mark.entry(), mark);
    }

    private void rewrite() throws IOException {
        close();
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        ByteBuffer rows = ByteBuffer.allocate(byNumber.size() * ROW_BYTES);
        byNumber.values().forEach(mark -> row(rows, mark));
        writeFully(rows.flip());
    }

    private void writeFully(ByteBuffer rows) throws IOException {
        while (rows.hasRemaining()) {
            channel.write(rows);
        }
    }

    private static ByteBuffer row(ByteBuffer rows, Mark mark) {
        return rows.putLong(mark.number()).putLong(mark.position()).putLong(mark.entry());
    }

    /** Marks an event that begins at the position and was made by the entry. */
    synchronized void add(long number, long position, long entry) {
        Mark mark = new Mark(number, position, entry);
        put(mark);
        try {
            writeFully(row(ByteBuffer.allocate(ROW_BYTES), mark).flip());
        } catch (IOException e) {
            throw new UncheckedIOException("tape index " + file, e);
        }
    }

    /** The nearest mark at or before {@code number}. */
    synchronized Mark floor(long number) {
        return byNumber.floorEntry(number).getValue();
    }

    /** The nearest mark before the first event of the entry, or the first mark. */
    synchronized Mark before(long entry) {
        Map.Entry<Long, Mark> mark = byEntry.lowerEntry(entry);
        return mark == null ? byNumber.firstEntry().getValue() : mark.getValue();
    }

    /** Forgets a mark that the recording does not bear out; the first one stays. */
    synchronized void forget(Mark mark) {
        byNumber.remove(mark.number(), mark);
        byEntry.remove(mark.entry(), mark);
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
