package org.hmsach.bench.run;

/** FNV-1a over 64-bit words: the hash that the order streams' makers publish. */
public final class WordHash {
    private long hash = 0xcbf29ce484222325L;

    public void add(long word) {
        hash = (hash ^ word) * 0x100000001b3L;
    }

    public long value() {
        return hash;
    }
}
