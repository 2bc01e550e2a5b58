package org.hmsach.core.internal.disk;

import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.aeron.archive.codecs.RecordingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the archive's catalog: which recordings there are. Each entry carries a checksum. */
public final class ArchiveCatalog {
    /** The file's name in the archive's folder. */
    public static final String FILE = "archive.catalog";

    private static final int HEADER_BYTES = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;
    private final Path archive;
    private final Consumer<Problem> problems;
    private final CatalogHeaderDecoder head = new CatalogHeaderDecoder();
    private final RecordingDescriptorHeaderDecoder frame = new RecordingDescriptorHeaderDecoder();
    private final RecordingDescriptorDecoder descriptor = new RecordingDescriptorDecoder();
    private final List<Recording> recordings = new ArrayList<>();

    private ArchiveCatalog(Path archive, Consumer<Problem> problems) {
        this.archive = archive;
        this.problems = problems;
    }

    /** The valid recordings, by number; what cannot be read is told as a problem. */
    public static List<Recording> read(Path archive, Consumer<Problem> problems) throws IOException {
        ArchiveCatalog catalog = new ArchiveCatalog(archive, problems);
        byte[] bytes = Files.readAllBytes(archive.resolve(FILE));
        if (bytes.length < HEADER_BYTES) {
            catalog.problem(0, "the catalog has " + bytes.length + " bytes and no header");
            return List.of();
        }
        catalog.readAll(load(bytes));
        return catalog.recordings;
    }

    /** Moves the end of a recording; its entry in the catalog is forced. No process may use the archive. */
    public static void moveStop(Path archive, long recordingId, long stop) throws IOException {
        Path file = archive.resolve(FILE);
        UnsafeBuffer buffer = load(Files.readAllBytes(file));
        RecordingDescriptorHeaderDecoder frame = new RecordingDescriptorHeaderDecoder();
        CatalogHeaderDecoder head = new CatalogHeaderDecoder();
        int at = head.wrap(buffer, 0, CatalogHeaderDecoder.BLOCK_LENGTH, CatalogHeaderDecoder.SCHEMA_VERSION)
                .length();
        int length = frame.wrap(buffer, at, HEADER_BYTES, RecordingDescriptorHeaderDecoder.SCHEMA_VERSION)
                .length();
        int idAt = HEADER_BYTES + RecordingDescriptorDecoder.recordingIdEncodingOffset();
        while (buffer.getLong(at + idAt, ByteOrder.LITTLE_ENDIAN) != recordingId) {
            at += HEADER_BYTES + length;
            length = frame.wrap(buffer, at, HEADER_BYTES, RecordingDescriptorHeaderDecoder.SCHEMA_VERSION)
                    .length();
        }
        int stopAt = HEADER_BYTES + RecordingDescriptorDecoder.stopPositionEncodingOffset();
        buffer.putLong(at + stopAt, stop, ByteOrder.LITTLE_ENDIAN);
        int sum = Checksums.crc32c().compute(buffer.addressOffset(), at + HEADER_BYTES, length);
        buffer.putInt(at + RecordingDescriptorHeaderDecoder.checksumEncodingOffset(), sum, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer entry = ByteBuffer.allocate(HEADER_BYTES + length);
        buffer.getBytes(at, entry, entry.capacity());
        entry.flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (entry.hasRemaining()) {
                channel.write(entry, (long) at + entry.position());
            }
            channel.force(true);
        }
    }

    /** In direct memory: the checksum is computed on addresses. */
    private static UnsafeBuffer load(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);
        return buffer;
    }

    private void readAll(UnsafeBuffer buffer) {
        head.wrap(buffer, 0, CatalogHeaderDecoder.BLOCK_LENGTH, CatalogHeaderDecoder.SCHEMA_VERSION);
        int alignment = head.alignment();
        if (head.length() != HEADER_BYTES || alignment < Long.BYTES || Integer.bitCount(alignment) != 1) {
            problem(0, "the catalog's header is damaged: length " + head.length() + ", alignment " + alignment);
            return;
        }
        long nextId = head.nextRecordingId();
        int at = head.length();
        long lastId = -1;
        while (at + HEADER_BYTES <= buffer.capacity()) {
            frame.wrap(buffer, at, HEADER_BYTES, RecordingDescriptorHeaderDecoder.SCHEMA_VERSION);
            int length = frame.length();
            if (length == 0) {
                break;
            }
            if (length < 0 || length > buffer.capacity() - at - HEADER_BYTES) {
                problem(at, "an entry of " + length + " bytes does not fit in the catalog");
                return;
            }
            lastId = readEntry(buffer, at, length, lastId);
            at += HEADER_BYTES + length;
        }
        expectZeros(buffer, at);
        if (nextId != lastId + 1) {
            problem(0, "the header says that recording " + nextId + " is next, the last one is " + lastId);
        }
    }

    private long readEntry(UnsafeBuffer buffer, int at, int length, long lastId) {
        int sum = Checksums.crc32c().compute(buffer.addressOffset(), at + HEADER_BYTES, length);
        descriptor.wrap(
                buffer,
                at + HEADER_BYTES,
                RecordingDescriptorDecoder.BLOCK_LENGTH,
                RecordingDescriptorDecoder.SCHEMA_VERSION);
        long id = descriptor.recordingId();
        if (sum != frame.checksum()) {
            problem(at, "the checksum of the entry after recording " + lastId + " is wrong");
            return lastId + 1;
        }
        int state = buffer.getInt(at + RecordingDescriptorHeaderDecoder.stateEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        if (id <= lastId || !isKnown(state)) {
            problem(at, "recording " + id + " after " + lastId + " in state " + state + " cannot be");
        } else if (state == RecordingState.VALID.value()) {
            Recording.Shape shape = new Recording.Shape(
                    descriptor.initialTermId(),
                    descriptor.segmentFileLength(),
                    descriptor.termBufferLength(),
                    descriptor.streamId());
            long start = descriptor.startPosition();
            long stop = descriptor.stopPosition();
            descriptor.skipStrippedChannel();
            recordings.add(new Recording(archive, id, start, stop, shape, descriptor.originalChannel()));
        }
        return id;
    }

    private static boolean isKnown(int state) {
        return Stream.of(RecordingState.values())
                .anyMatch(known -> known != RecordingState.NULL_VAL && known.value() == state);
    }

    /** What lies after the last entry was never written; an entry whose length was lost must not go unseen. */
    private void expectZeros(UnsafeBuffer buffer, int from) {
        for (int i = from; i + Long.BYTES <= buffer.capacity(); i += Long.BYTES) {
            if (buffer.getLong(i, ByteOrder.LITTLE_ENDIAN) != 0) {
                problem(i, "there are bytes after the catalog's last entry");
                return;
            }
        }
    }

    private void problem(long position, String what) {
        problems.accept(new Problem(archive.getFileName() + "/" + FILE, position, what));
    }
}
