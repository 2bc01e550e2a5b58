package org.hmsach.cli.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the clients wrote down themselves: each order that was offered and what came back. */
public final class Journal {
    /** No HTTP answer came. */
    public static final int NO_ANSWER = 0;

    /**
     * One order.
     *
     * @param id        client order id
     * @param dueMs     when it was due by the fixed rate, milliseconds since 1970 UTC
     * @param nanos     from then to the answer
     * @param status    HTTP status, or {@link #NO_ANSWER}
     * @param text      first words of an answer other than 200
     */
    public record Entry(String id, long dueMs, long nanos, int status, String text) {
        /** Whether it was under way at some moment of the span. */
        public boolean overlaps(long fromMs, long toMs) {
            return dueMs <= toMs && dueMs + nanos / 1_000_000 >= fromMs;
        }
    }

    private final Collection<Entry> entries = new ConcurrentLinkedQueue<>();

    /** Adds one. Thread-safe. */
    public void add(Entry entry) {
        entries.add(entry);
    }

    /** All so far, in no order. */
    public List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    /** How many were answered so. */
    public long count(int status) {
        return entries.stream().filter(entry -> entry.status() == status).count();
    }
}
