package org.hmsach.core.internal.log;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The commands sent and not yet known to be applied, by sequence: a window of {@value #WINDOW}. The sender's thread
 * adds
 * and removes, the machine thread looks up.
 */
final class InFlight<A> {
    static final int WINDOW = 4_096;
    private final AtomicReferenceArray<Waiting<A>> bySequence = new AtomicReferenceArray<>(WINDOW);
    private long oldest = 1;
    private long next = 1;

    boolean isFull() {
        return next - oldest >= WINDOW;
    }

    boolean isEmpty() {
        return next == oldest;
    }

    long oldest() {
        return oldest;
    }

    long next() {
        return next;
    }

    void add(Waiting<A> waiting) {
        bySequence.set(slot(next), waiting);
        next++;
    }

    /** Drops the applied ones at the head; how many that were. */
    int dropApplied() {
        int dropped = 0;
        while (oldest < next && bySequence.get(slot(oldest)).isApplied()) {
            bySequence.set(slot(oldest), null);
            oldest++;
            dropped++;
        }
        return dropped;
    }

    Waiting<A> get(long sequence) {
        return bySequence.get(slot(sequence));
    }

    Optional<Waiting<A>> find(long sequence) {
        return Optional.ofNullable(bySequence.get(slot(sequence)));
    }

    private static int slot(long sequence) {
        return (int) sequence & (WINDOW - 1);
    }
}
