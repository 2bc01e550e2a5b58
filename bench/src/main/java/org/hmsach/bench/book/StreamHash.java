package org.hmsach.bench.book;

/** The hash that the streams' makers publish: FNV-1a over 64-bit words. */
final class StreamHash {
    private long hash = 0xcbf29ce484222325L;

    void add(long word) {
        hash = (hash ^ word) * 0x100000001b3L;
    }

    long value() {
        return hash;
    }
}
