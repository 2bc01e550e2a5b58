package org.hmsach.core.internal.disk;

import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorEncoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderEncoder;
import io.aeron.archive.codecs.RecordingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the catalog of a copied archive say what the copy holds: recordings that end, and no others. */
public final class CatalogCopy {
    private static final int HEADER_BYTES = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;
    private final UnsafeBuffer buffer;
    private final RecordingDescriptorHeaderDecoder frame = new RecordingDescriptorHeaderDecoder();
    private final RecordingDescriptorDecoder descriptor = new RecordingDescriptorDecoder();

    private CatalogCopy(UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Rewrites the catalog in the folder, forced to disk.
     *
     * @param ends where each recording that stays ends, by its number; the others become invalid
     */
    public static void rewrite(Path archive, Map<Long, Long> ends) throws IOException {
        byte[] bytes = Files.readAllBytes(archive.resolve(ArchiveCatalog.FILE));
        // direct memory: the checksum is computed on addresses
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length);
        new CatalogCopy(new UnsafeBuffer(memory.put(bytes).flip())).end(ends);
        try (FileChannel out = FileChannel.open(archive.resolve(ArchiveCatalog.FILE), StandardOpenOption.WRITE)) {
            while (memory.hasRemaining()) {
                out.write(memory);
            }
            out.force(true);
        }
    }

    private void end(Map<Long, Long> ends) {
        CatalogHeaderDecoder head = new CatalogHeaderDecoder();
        head.wrap(buffer, 0, CatalogHeaderDecoder.BLOCK_LENGTH, CatalogHeaderDecoder.SCHEMA_VERSION);
        int at = head.length();
        while (at + HEADER_BYTES <= buffer.capacity()) {
            frame.wrap(buffer, at, HEADER_BYTES, RecordingDescriptorHeaderDecoder.SCHEMA_VERSION);
            int length = frame.length();
            if (length == 0) {
                return;
            }
            endEntry(at, length, ends);
            at += HEADER_BYTES + length;
        }
    }

    private void endEntry(int at, int length, Map<Long, Long> ends) {
        int body = at + HEADER_BYTES;
        descriptor.wrap(
                buffer, body, RecordingDescriptorDecoder.BLOCK_LENGTH, RecordingDescriptorDecoder.SCHEMA_VERSION);
        RecordingDescriptorHeaderEncoder frameOut = new RecordingDescriptorHeaderEncoder().wrap(buffer, at);
        Long end = ends.get(descriptor.recordingId());
        if (end == null) {
            frameOut.state(RecordingState.INVALID);
            return;
        }
        if (descriptor.stopPosition() != end) {
            new RecordingDescriptorEncoder()
                    .wrap(buffer, body)
                    .stopPosition(end)
                    .stopTimestamp(System.currentTimeMillis());
            frameOut.checksum(Checksums.crc32c().compute(buffer.addressOffset(), body, length));
        }
    }
}
