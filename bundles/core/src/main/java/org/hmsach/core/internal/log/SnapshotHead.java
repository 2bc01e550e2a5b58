package org.hmsach.core.internal.log;

/** What a snapshot says of the log itself. */
record SnapshotHead(long entries, long timeMs, long events, byte[] chainHash) {
    static final int VERSION = 1;
    static final int TYPE_HEAD = 1;
    static final int TYPE_CLIENT = 2;
    static final int TYPE_MACHINE = 3;
    static final int TYPE_END = 4;
    static final int TYPE_BYTES = 8;
    static final int BYTES = 4 * Long.BYTES + TapeEvent.CHAIN_BYTES;
}
