package org.hmsach.store.internal.readmodel;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hmsach.api.command.Origin;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;

/** A tape in a list. */
final class ListTape implements Tape {
    static final LocalDate DATE = LocalDate.of(2026, 11, 23);
    private final List<TapeEvent> events = new ArrayList<>();
    private long entry;
    private boolean gone;

    /** Adds the events of one entry. */
    @SafeVarargs
    final synchronized void entry(long timeMs, Function<EventHeader, TapeEvent>... made) {
        entry++;
        for (int i = 0; i < made.length; i++) {
            events.add(made[i].apply(
                    new EventHeader(events.size() + 1L, entry, i, timeMs, DATE, Origin.ofModule("test"))));
        }
        notifyAll();
    }

    /** From now on readers fail, as when the core is stopped. */
    synchronized void goAway() {
        gone = true;
        notifyAll();
    }

    synchronized ListTape copy(int length) {
        ListTape copy = new ListTape();
        copy.events.addAll(events.subList(0, length));
        copy.entry = entry;
        return copy;
    }

    @Override
    public synchronized long lastNumber() {
        return events.size();
    }

    @Override
    public synchronized long firstNumberOf(long wanted) {
        return events.stream()
                .filter(e -> e.header().entry() >= wanted)
                .mapToLong(e -> e.header().number())
                .findFirst()
                .orElse(events.size() + 1L);
    }

    @Override
    public TapeReader open(long fromNumber) {
        return new Reader(fromNumber);
    }

    private synchronized List<TapeEvent> take(long from, int max, Duration wait) throws InterruptedException {
        if (events.size() < from && !gone) {
            wait(Math.max(1, wait.toMillis()));
        }
        if (gone) {
            throw new IllegalStateException("the core went away");
        }
        int start = (int) Math.min(from - 1, events.size());
        return List.copyOf(events.subList(start, Math.min(events.size(), start + max)));
    }

    private final class Reader implements TapeReader {
        private long next;

        Reader(long next) {
            this.next = next;
        }

        @Override
        public int poll(TapeListener listener, int max, Duration wait) throws InterruptedException {
            List<TapeEvent> some = take(next, max, wait);
            for (TapeEvent event : some) {
                event.deliver(listener);
                next++;
            }
            return some.size();
        }

        @Override
        public long nextNumber() {
            return next;
        }

        @Override
        public void close() {
            next = Long.MAX_VALUE;
        }
    }
}
