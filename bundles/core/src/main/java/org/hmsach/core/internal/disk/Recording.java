package org.hmsach.core.internal.disk;

import io.aeron.archive.client.AeronArchive;
import java.nio.file.Path;

/**
 * One recording as the archive's catalog describes it.
 *
 * @param archive       folder of the segment files
 * @param id            its number in the catalog
 * @param start         first position
 * @param stop          end; {@link #OPEN} when the archive was not closed in good order
 * @param shape         what every frame of it shares
 * @param channel       the channel it was recorded from
 */
public record Recording(Path archive, long id, long start, long stop, Shape shape, String channel) {
    /** Stop position of a recording whose end must be found by reading. */
    public static final long OPEN = AeronArchive.NULL_POSITION;

    /** What every frame of a recording shares. */
    public record Shape(int initialTermId, int segmentBytes, int termBytes, int streamId) {}

    /** Whether its end must be found by reading. */
    public boolean isOpen() {
        return stop == OPEN;
    }

    /** The same recording with its files in another folder. */
    public Recording in(Path folder) {
        return new Recording(folder, id, start, stop, shape, channel);
    }

    /** The same recording up to another position. */
    public Recording until(long end) {
        return new Recording(archive, id, start, end, shape, channel);
    }

    long segmentBase(long position) {
        return AeronArchive.segmentFileBasePosition(start, position, shape.termBytes(), shape.segmentBytes());
    }

    Path segment(long base) {
        return archive.resolve(id + "-" + base + ".rec");
    }

    /** The segment file that holds the position, relative to the log's directory. */
    public String nameOf(long position) {
        return archive.getFileName() + "/" + segment(segmentBase(position)).getFileName();
    }
}
