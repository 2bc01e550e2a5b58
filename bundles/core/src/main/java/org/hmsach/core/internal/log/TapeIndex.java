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
 * Where in the recording each thousandth event begins. Derived data in a small file: it may be deleted, and what does
 * not fit the recording is dropped and found again by reading.
 */
final class TapeIndex implements Closeable {
    /** Its name in the log's directory. */
    static final String FILE = "tape.index";

    static final int EVERY = 1_024;
    private static final int ROW_BYTES = 2 * Long.BYTES;
    private final TreeMap<Long, Long> positionByNumber = new TreeMap<>();
    private final Path file;
    private FileChannel channel;

    TapeIndex(Path file) {
        this.file = file;
    }

    record Mark(long number, long position) {}

    /** Loads the marks up to {@code endPosition}; {@code startPosition} is where event 1 begins. */
    synchronized void open(long startPosition, long endPosition) {
        positionByNumber.put(1L, startPosition);
        try {
            if (Files.exists(file)) {
                ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(file));
                while (rows.remaining() >= ROW_BYTES) {
                    keep(rows.getLong(), rows.getLong(), endPosition);
                }
            }
            rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException("tape index " + file, e);
        }
    }

    private void keep(long number, long position, long endPosition) {
        Map.Entry<Long, Long> newest = positionByNumber.lastEntry();
        if (number > newest.getKey() && position > newest.getValue() && position < endPosition) {
            positionByNumber.put(number, position);
        }
    }

    private void rewrite() throws IOException {
        close();
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        ByteBuffer rows = ByteBuffer.allocate(positionByNumber.size() * ROW_BYTES);
        positionByNumber.forEach((number, position) -> rows.putLong(number).putLong(position));
        writeFully(rows.flip());
    }

    private void writeFully(ByteBuffer rows) throws IOException {
        while (rows.hasRemaining()) {
            channel.write(rows);
        }
    }

    synchronized void add(long number, long position) {
        positionByNumber.put(number, position);
        try {
            writeFully(ByteBuffer.allocate(ROW_BYTES)
                    .putLong(number)
                    .putLong(position)
                    .flip());
        } catch (IOException e) {
            throw new UncheckedIOException("tape index " + file, e);
        }
    }

    /** The nearest mark at or before {@code number}. */
    synchronized Mark floor(long number) {
        Map.Entry<Long, Long> mark = positionByNumber.floorEntry(number);
        return new Mark(mark.getKey(), mark.getValue());
    }

    /** Forgets all marks but the first: the recording does not bear them out. */
    synchronized void forgetAll() {
        positionByNumber.tailMap(1L, false).clear();
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
