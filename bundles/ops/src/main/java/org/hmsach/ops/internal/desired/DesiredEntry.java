package org.hmsach.ops.internal.desired;

/**
 * One bundle of the desired set, as the launcher reads it at the next start.
 *
 * @param name       symbolic name
 * @param version    bundle version
 * @param digest     SHA-256 of the jar, hexadecimal
 * @param startLevel OSGi start level
 * @param origin     who wanted it so
 * @param shipped    digest of the jar that a feature ships under this name; empty when none does
 * @param before     digest of the version before, whose jar is kept for the way back; empty when there was none
 */
public record DesiredEntry(
        String name, String version, String digest, int startLevel, Origin origin, String shipped, String before) {
    public DesiredEntry {
        // files of older versions have none
        before = before == null ? "" : before;
    }

    /** The version before when that jar comes. */
    String beforeOf(String next) {
        return next.equals(digest) ? before : digest;
    }

    /** The same taken away; its jar is what a way back needs. */
    DesiredEntry removed() {
        return new DesiredEntry(name, version, digest, startLevel, Origin.REMOVED, shipped, before);
    }

    /** From the feature files, by an operator's update or addition, or taken away by an operator. */
    public enum Origin {
        FEATURE,
        OPERATOR,
        REMOVED
    }
}
