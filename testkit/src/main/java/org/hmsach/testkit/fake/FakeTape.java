package org.hmsach.testkit.fake;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hmsach.api.command.Origin;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;

/** A tape that a test writes; each append is one entry with one event. Thread-safe. */
public final class FakeTape implements Tape {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<TapeEvent> events = new ArrayList<>();
    private LocalDate businessDate = Samples.MONDAY;

    /** From now on headers carry this business date. */
    public void businessDate(LocalDate date) {
        lock.lock();
        try {
            businessDate = date;
        } finally {
            lock.unlock();
        }
    }

    /** Writes an event made from the next header; entry and number are the same, 1, 2, 3 … */
    public <E extends TapeEvent> E append(Function<EventHeader, E> event) {
        return append(Origin.ofModule("test"), event);
    }

    /** Writes an event of that origin. */
    public <E extends TapeEvent> E append(Origin origin, Function<EventHeader, E> event) {
        lock.lock();
        try {
            long number = events.size() + 1L;
            E made = event.apply(new EventHeader(number, number, 0, Samples.NOON_MS + number, businessDate, origin));
            events.add(made);
            grown.signalAll();
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long lastNumber() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long firstNumberOf(long entry) {
        return Math.max(1, entry);
    }

    @Override
    public TapeReader open(long fromNumber) {
        if (fromNumber < 1 || fromNumber > lastNumber() + 1) {
            throw new IllegalArgumentException("fromNumber " + fromNumber + " is outside 1 to " + (lastNumber() + 1));
        }
        return new Reader(fromNumber);
    }

    private final class Reader implements TapeReader {
        private long next;

        Reader(long next) {
            this.next = next;
        }

        @Override
        public int poll(TapeListener listener, int max, Duration wait) throws InterruptedException {
            int delivered = 0;
            for (TapeEvent event : take(max, wait)) {
                event.deliver(listener);
                next++;
                delivered++;
            }
            return delivered;
        }

        private List<TapeEvent> take(int max, Duration wait) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long leftNanos = wait.toNanos();
                while (events.size() < next && leftNanos > 0) {
                    leftNanos = grown.awaitNanos(leftNanos);
                }
                int from = (int) next - 1;
                return List.copyOf(events.subList(from, Math.min(events.size(), from + max)));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long nextNumber() {
            return next;
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
