package org.hmsach.core.internal.disk;

/**
 * Something that is not as it must be.
 *
 * @param file     the file, relative to the folder that was checked
 * @param position byte position in that file; of a recording, the position in it; -1 when it is the file as a whole
 * @param what     what is wrong, for people
 */
public record Problem(String file, long position, String what) {
    /** Position of a problem that has none. */
    public static final long WHOLE = -1;

    @Override
    public String toString() {
        return file + (position == WHOLE ? "" : " at " + position) + ": " + what;
    }
}
