package org.hmsach.core.internal.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;

/**
 * Numbers and chains what the machine emits. Events that already stand on the tape, because the log is being replayed,
 * are compared with it; the others are appended, some at a time: the log can make them again, so that the disk is
 * spared a force for each. Used on the machine thread, but for reading.
 */
final class TapeWriter implements EventSink, Tape {
    /** Twice what the recorder may be behind. What is older is read from the files; what is kept, is collected late. */
    private static final int RING = 1_024;
    /** So many events wait for the recorder at most, all of them readable in the ring. */
    private static final int GATHER = 1_024;

    private static final long GATHER_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private final TapeStore recorded;
    private final TapeRing ring = new TapeRing(RING);
    private final ChainHash chain = new ChainHash();
    private final List<byte[]> ofThisEntry = new ArrayList<>();
    private final List<TapeEvent> gathered = new ArrayList<>(GATHER);
    private long gatheringSinceNs;
    private Optional<TapeStore.OldTape> old = Optional.empty();
    private long last;

    TapeWriter(TapeStore recorded) {
        this.recorded = recorded;
    }

    void restore(long lastNumber, byte[] chainHash) {
        last = lastNumber;
        chain.continueFrom(chainHash);
        ring.startAfter(lastNumber);
    }

    byte[] chainHash() {
        return chain.current();
    }

    String chainHex() {
        return chain.hex();
    }

    @Override
    public void emit(DirectBuffer buffer, int offset, int length) {
        if (length < 0 || length > MAX_EVENT_BYTES) {
            throw new IllegalArgumentException("an event has at most " + MAX_EVENT_BYTES + " bytes, not " + length);
        }
        byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        ofThisEntry.add(payload);
    }

    void forgetEntry() {
        ofThisEntry.clear();
    }

    /** Puts the events of this entry on the tape; false when the tape says something else than the machine. */
    boolean finishEntry(Entry entry) {
        for (int i = 0; i < ofThisEntry.size(); i++) {
            TapeEvent.EventPlace place = new TapeEvent.EventPlace(entry.number(), entry.timeMs(), i);
            TapeEvent event = TapeEvent.make(last + 1, place, ofThisEntry.get(i), chain);
            if (event.number() > recorded.lastAtOpen()) {
                gather(event);
            } else if (!isOnTape(event)) {
                ofThisEntry.clear();
                return false;
            }
            last = event.number();
            ring.put(event);
        }
        if (!ofThisEntry.isEmpty()) {
            ofThisEntry.clear();
            ring.signal();
        }
        return true;
    }

    private void gather(TapeEvent event) {
        if (gathered.isEmpty()) {
            gatheringSinceNs = System.nanoTime();
        }
        gathered.add(event);
        if (gathered.size() >= GATHER) {
            flush();
        }
    }

    /** Appends what has been gathered for long enough; how many events that were. */
    int flushLate(long nowNs) {
        return gathered.isEmpty() || nowNs - gatheringSinceNs < GATHER_NS ? 0 : flush();
    }

    /** Appends what was gathered; how many events that were. */
    int flush() {
        int appended = gathered.size();
        gathered.forEach(recorded::append);
        gathered.clear();
        return appended;
    }

    private boolean isOnTape(TapeEvent event) {
        if (old.isEmpty()) {
            old = Optional.of(recorded.old(event.number()));
        }
        boolean same = old.get().nextIs(event);
        if (!same || event.number() == recorded.lastAtOpen()) {
            old.get().close();
            old = Optional.empty();
        }
        return same;
    }

    /** Whether replay reached the end of what stood on the tape. */
    boolean caughtUp() {
        return last >= recorded.lastAtOpen();
    }

    void awaitForced() {
        flush();
        recorded.awaitForced();
    }

    @Override
    public TapeReader read(long fromNumber) {
        return new TapeReader(ring, recorded, fromNumber);
    }

    @Override
    public long last() {
        return ring.last();
    }

    @Override
    public long firstNumberOf(long entry) {
        long low = 1;
        long high = ring.last() + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            // what is no longer in memory is older than what is
            if (ring.get(middle).filter(event -> event.entry() >= entry).isEmpty()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean isFirst = low == 1 || ring.get(low - 1).isPresent();
        return isFirst ? low : recorded.firstNumberOf(entry).orElse(low);
    }

    @Override
    public boolean awaitPast(long number, Duration timeout) throws InterruptedException {
        return ring.awaitAtLeast(number, timeout);
    }
}
