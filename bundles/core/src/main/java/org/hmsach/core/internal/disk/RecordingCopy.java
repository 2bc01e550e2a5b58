package org.hmsach.core.internal.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * Copies the segment files of one recording up to a position, also of a recording that goes on: what is recorded never
 * changes again. The last file ends with the position.
 */
public final class RecordingCopy {
    private static final long CHUNK_BYTES = 1 << 20;
    private final Recording recording;
    private final Path archive;
    private final LongConsumer progress;

    /**
     * @param archive  folder of the copy
     * @param progress told the number of bytes after each piece
     */
    public RecordingCopy(Recording recording, Path archive, LongConsumer progress) {
        this.recording = recording;
        this.archive = archive;
        this.progress = progress;
    }

    /** Returns when everything before the position is forced to disk. */
    public void upTo(long end) throws IOException {
        long base = recording.segmentBase(recording.start());
        do {
            long next = base + recording.shape().segmentBytes();
            copy(base, Math.min(end, next) - base);
            base = next;
        } while (base < end);
    }

    private void copy(long base, long bytes) throws IOException {
        Path from = recording.segment(base);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        archive.resolve(from.getFileName()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < bytes) {
                long moved = in.transferTo(at, Math.min(CHUNK_BYTES, bytes - at), out);
                if (moved <= 0) {
                    throw new EOFException(from + " ends at " + at + ", it should have " + bytes + " bytes");
                }
                at += moved;
                progress.accept(moved);
            }
            out.force(true);
        }
    }
}
