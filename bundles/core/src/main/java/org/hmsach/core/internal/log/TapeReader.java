package org.hmsach.core.internal.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Reads the tape at its own pace: each event exactly once, in order. Recent events come from memory, older ones from
 * the recording, some ahead of what is asked for; between two calls a reader holds nothing of the engine. Not
 * thread-safe.
 */
public final class TapeReader {
    private static final int BATCH = 2_048;
    /** Each look into the recording costs as much as a thousand events: so many polls live on one. */
    private static final int AHEAD = 8;

    private final TapeRing ring;
    private final TapeStore recorded;
    /** Read from the recording and not asked for yet. */
    private final Queue<TapeEvent> ahead = new ArrayDeque<>();

    private long next;

    TapeReader(TapeRing ring, TapeStore recorded, long fromNumber) {
        if (fromNumber < 1) {
            throw new IllegalArgumentException("the tape begins with event 1, not " + fromNumber);
        }
        this.ring = ring;
        this.recorded = recorded;
        this.next = fromNumber;
    }

    /** The number of the event the next poll begins with. */
    public long next() {
        return next;
    }

    /** Up to {@code max} next events; empty when none came within {@code timeout}. */
    public List<TapeEvent> poll(int max, Duration timeout) throws InterruptedException {
        if (!ring.awaitAtLeast(next, timeout)) {
            return List.of();
        }
        List<TapeEvent> events = ahead.isEmpty() ? fromMemory(max) : fromAhead(max);
        if (events.isEmpty()) {
            List<TapeEvent> read = recorded.read(next, (int) Math.min(BATCH, (long) AHEAD * max));
            expectOrder(read);
            ahead.addAll(read);
            events = fromAhead(max);
        }
        next += events.size();
        return events;
    }

    private List<TapeEvent> fromAhead(int max) {
        List<TapeEvent> events = new ArrayList<>();
        while (events.size() < max && !ahead.isEmpty()) {
            events.add(ahead.remove());
        }
        return events;
    }

    private List<TapeEvent> fromMemory(int max) {
        List<TapeEvent> events = new ArrayList<>();
        long end = Math.min(ring.last(), next + Math.min(max, BATCH) - 1);
        for (long number = next; number <= end; number++) {
            Optional<TapeEvent> event = ring.get(number);
            if (event.isEmpty()) {
                break;
            }
            events.add(event.get());
        }
        return events;
    }

    private void expectOrder(List<TapeEvent> events) {
        Iterator<TapeEvent> each = events.iterator();
        for (long number = next; each.hasNext(); number++) {
            TapeEvent event = each.next();
            if (event.number() != number) {
                throw new IllegalStateException("expected event " + number + " on the tape, found " + event.number());
            }
        }
    }
}
