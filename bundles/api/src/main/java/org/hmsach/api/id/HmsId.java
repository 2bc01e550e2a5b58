package org.hmsach.api.id;

import java.util.UUID;

/**
 * Packs (cluster, entry, index) into a UUID of version 8 and back, so that no map from outside ids is kept.
 *
 * <p>Layout: 48 bits cluster id, version 8, 12 bits index, variant, 62 bits entry number. Thread-safe (stateless).
 * Source: RFC 9562, section 5.8.
 */
public final class HmsId {
    /** Largest cluster id, 48 bits. */
    public static final long MAX_CLUSTER = (1L << 48) - 1;
    /** Largest index of an id within its entry. */
    public static final int MAX_INDEX = (1 << 12) - 1;
    /** Largest entry number. */
    public static final long MAX_ENTRY = (1L << 62) - 1;

    private HmsId() {}

    /**
     * The id of the {@code index}-th thing made by log entry {@code entry} of a cluster.
     *
     * @throws IllegalArgumentException if a part is negative or above its maximum
     */
    public static UUID of(long cluster, long entry, int index) {
        within("cluster", cluster, MAX_CLUSTER);
        within("entry", entry, MAX_ENTRY);
        within("index", index, MAX_INDEX);
        return new UUID(cluster << 16 | 0x8000L | index, 1L << 63 | entry);
    }

    /** Whether the UUID has the shape that {@link #of} gives. */
    public static boolean isOurs(UUID id) {
        return id.version() == 8 && id.variant() == 2;
    }

    /** The cluster part. */
    public static long cluster(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    /** The log entry that made the thing. */
    public static long entry(UUID id) {
        return id.getLeastSignificantBits() & MAX_ENTRY;
    }

    /** The index of the thing within its entry. */
    public static int index(UUID id) {
        return (int) (id.getMostSignificantBits() & MAX_INDEX);
    }

    private static void within(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is outside 0 to " + max);
        }
    }
}
