package org.hmsach.core.internal.disk;

import io.aeron.archive.checksum.Checksum;
import io.aeron.archive.checksum.Checksums;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the frames of one recording and checks each: its place, its shape, and the checksum of its bytes. Stops at the
 * first frame that does not hold and says why. Not thread-safe.
 */
public final class RecordedFrames implements Closeable {
    /** The archive forces after each write and writes no more than this at once. */
    public static final int MOST_UNFORCED_BYTES = 1 << 20;

    static final int HEADER_BYTES = DataHeaderFlyweight.HEADER_LENGTH;
    /** What a disk writes as a whole; a file grows by zeros, so what never reached the disk reads as such. */
    private static final int SECTOR_BYTES = 512;

    private static final int KNOWN_FLAGS = FrameDescriptor.UNFRAGMENTED;
    private final Recording recording;
    private final Checksum checksum = Checksums.crc32c();
    private MappedByteBuffer mapped;
    private final UnsafeBuffer segment = new UnsafeBuffer(0, 0);
    private long segmentBase;
    private long position;
    private long next;
    private int length;
    private End end = End.NOT_YET;

    /** How a walk ended. */
    public enum How {
        /** It goes on. */
        NOT_YET,
        /** At the recorded end, or where nothing was written yet. */
        CLEAN,
        /**
         * A frame that does not hold because an append was cut off: nothing that holds is behind it, or sectors of it
         * were never written (a power cut leaves them out in any order) and all behind it was not forced yet.
         */
        TORN,
        /** A frame that does not hold where one was recorded. */
        DAMAGED
    }

    /**
     * Where and why a walk ended.
     *
     * @param position in the recording: everything before it holds
     */
    public record End(How how, long position, String file, String what) {
        static final End NOT_YET = new End(How.NOT_YET, 0, "", "");

        /** As a problem; for what is torn or damaged. */
        public Problem problem() {
            return new Problem(file, position, what);
        }
    }

    /** From a position where a frame begins. */
    public RecordedFrames(Recording recording, long from) {
        this.recording = recording;
        this.position = from;
        this.next = from;
    }

    /** Moves to the next frame that holds; false at the end. */
    public boolean next() throws IOException {
        if (end.how() != How.NOT_YET) {
            return false;
        }
        position = next;
        if (position == recording.stop()) {
            return ended(How.CLEAN, "");
        }
        if (!map()) {
            return recording.isOpen()
                    ? ended(How.CLEAN, "")
                    : ended(How.DAMAGED, "the file is missing; the recording goes to " + recording.stop());
        }
        int at = (int) (position - segmentBase);
        String wrong = wrongAt(at);
        if (wrong.isEmpty()) {
            return take(at);
        }
        return recording.isOpen() ? tail(at, wrong) : ended(How.DAMAGED, wrong);
    }

    private boolean take(int at) {
        length = segment.getInt(at, ByteOrder.LITTLE_ENDIAN);
        next = position + BitUtil.align(length, FrameDescriptor.FRAME_ALIGNMENT);
        return true;
    }

    private boolean tail(int at, String wrong) {
        if (isZero(at, segment.capacity())
                && !Files.exists(
                        recording.segment(segmentBase + recording.shape().segmentBytes()))) {
            return ended(How.CLEAN, "");
        }
        long whole = wholeFrameAfter(at);
        if (whole >= 0 && wrongAt(at).isEmpty()) {
            // it was being written while we looked
            return take(at);
        }
        if (whole < 0) {
            return ended(How.TORN, wrong + "; nothing behind it is whole");
        }
        return isUnforced(at)
                ? ended(How.TORN, wrong + "; sectors of an append were never written here")
                : ended(How.DAMAGED, wrong + "; the frame at " + whole + " behind it is whole");
    }

    /** Whether a sector of the frame is missing in what one write may have left out. */
    private boolean isUnforced(int at) {
        if (Files.exists(recording.segment(segmentBase + recording.shape().segmentBytes()))
                || lastByte() - at > MOST_UNFORCED_BYTES) {
            return false;
        }
        int bytes = at + HEADER_BYTES > segment.capacity() ? 0 : segment.getInt(at, ByteOrder.LITTLE_ENDIAN);
        int end = at + Math.max(HEADER_BYTES, Math.min(bytes, MOST_UNFORCED_BYTES));
        for (int sector = at & -SECTOR_BYTES; sector < Math.min(end, segment.capacity()); sector += SECTOR_BYTES) {
            if (isZero(Math.max(at, sector), Math.min(sector + SECTOR_BYTES, segment.capacity()))) {
                return true;
            }
        }
        return false;
    }

    /** The last byte of the segment that is not zero. */
    private int lastByte() {
        int at = segment.capacity() - 1;
        while (at >= 0 && segment.getByte(at) == 0) {
            at--;
        }
        return at;
    }

    private boolean ended(How how, String what) {
        end = new End(how, position, recording.nameOf(position), what);
        return false;
    }

    /** Maps the segment of the position; false when there is no such file. */
    private boolean map() throws IOException {
        long base = recording.segmentBase(position);
        if (mapped != null && base == segmentBase) {
            return true;
        }
        close();
        segmentBase = base;
        Path file = recording.segment(base);
        if (!Files.exists(file)) {
            return false;
        }
        map(file);
        return true;
    }

    /** An interrupt of the reader ends no reading: it waits until the file is mapped. */
    private void map(Path file) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (mapped == null) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    long size = Math.min(channel.size(), recording.shape().segmentBytes());
                    mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
                    segment.wrap(mapped);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is wrong with the frame at this offset; empty when it holds. */
    private String wrongAt(int at) {
        if (at + HEADER_BYTES > segment.capacity()) {
            return "the file has " + segment.capacity() + " bytes, a frame begins at its byte " + at;
        }
        int bytes = segment.getInt(at, ByteOrder.LITTLE_ENDIAN);
        if (bytes == 0) {
            return "nothing is recorded here";
        }
        int whole = BitUtil.align(bytes, FrameDescriptor.FRAME_ALIGNMENT);
        int termOffset = (int) ((segmentBase + at) & (recording.shape().termBytes() - 1));
        if (bytes < HEADER_BYTES || whole > recording.shape().termBytes() - termOffset) {
            return "a frame of " + bytes + " bytes cannot stand here";
        }
        boolean padding = type(at) == HeaderFlyweight.HDR_TYPE_PAD;
        if (!isPlaced(at, termOffset) || (!padding && type(at) != HeaderFlyweight.HDR_TYPE_DATA)) {
            return "the header of the frame is not the one of this place";
        }
        if (padding) {
            return "";
        }
        if (at + whole > segment.capacity()) {
            return "the file has " + segment.capacity() + " bytes, the frame at its byte " + at + " ends behind that";
        }
        int sum = checksum.compute(segment.addressOffset(), at + HEADER_BYTES, whole - HEADER_BYTES);
        // the archive keeps the checksum where the session id was
        boolean holds =
                sum == segment.getInt(at + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return holds ? "" : "the checksum of the frame is wrong";
    }

    private int type(int at) {
        return segment.getShort(at + HeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private boolean isPlaced(int at, int termOffset) {
        int terms = (int) ((segmentBase + at) / recording.shape().termBytes());
        int flags = flags(at);
        return segment.getByte(at + HeaderFlyweight.VERSION_FIELD_OFFSET) == HeaderFlyweight.CURRENT_VERSION
                && (flags & ~KNOWN_FLAGS) == 0
                && segment.getInt(at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN)
                        == termOffset
                && segment.getInt(at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN)
                        == recording.shape().streamId()
                && segment.getInt(at + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN)
                        == recording.shape().initialTermId() + terms;
    }

    private int flags(int at) {
        return segment.getByte(at + HeaderFlyweight.FLAGS_FIELD_OFFSET) & 0xFF;
    }

    private boolean isZero(int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            if (segment.getLong(at) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        while (at < to && segment.getByte(at) == 0) {
            at++;
        }
        return at >= to;
    }

    /** The position of a data frame that holds, behind this offset in the same file or in a later one; -1: none. */
    private long wholeFrameAfter(int from) {
        int at = from + FrameDescriptor.FRAME_ALIGNMENT;
        while (at + HEADER_BYTES <= segment.capacity()) {
            if (wrongAt(at).isEmpty() && type(at) == HeaderFlyweight.HDR_TYPE_DATA) {
                return segmentBase + at;
            }
            at += FrameDescriptor.FRAME_ALIGNMENT;
        }
        long laterBase = segmentBase + recording.shape().segmentBytes();
        return Files.exists(recording.segment(laterBase)) ? laterBase : -1;
    }

    /** How the walk ended. */
    public End end() {
        return end;
    }

    /** Where the frame begins in the recording. */
    public long position() {
        return position;
    }

    /** Where the next one begins. */
    long nextPosition() {
        return next;
    }

    boolean isPadding() {
        return type((int) (position - segmentBase)) == HeaderFlyweight.HDR_TYPE_PAD;
    }

    boolean begins() {
        return (flags((int) (position - segmentBase)) & FrameDescriptor.BEGIN_FRAG_FLAG & 0xFF) != 0;
    }

    boolean ends() {
        return (flags((int) (position - segmentBase)) & FrameDescriptor.END_FRAG_FLAG & 0xFF) != 0;
    }

    UnsafeBuffer buffer() {
        return segment;
    }

    int payloadOffset() {
        return (int) (position - segmentBase) + HEADER_BYTES;
    }

    int payloadLength() {
        return length - HEADER_BYTES;
    }

    String file() {
        return recording.nameOf(position);
    }

    @Override
    public void close() {
        if (mapped != null) {
            segment.wrap(0, 0);
            IoUtil.unmap(mapped);
            mapped = null;
        }
    }
}
