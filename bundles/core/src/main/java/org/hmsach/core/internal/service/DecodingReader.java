package org.hmsach.core.internal.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.Log;
import org.hmsach.core.internal.log.TapeEvent;

/**
 * One reader: takes bytes from the log's tape and delivers records. An event counts as delivered when its call
 * returned.
 */
final class DecodingReader implements TapeReader {
    private static final int BATCH = 512;
    private final Log<?> log;
    private final org.hmsach.core.internal.log.TapeReader events;
    private final ReadEvents read;
    private final EventCodec codec = new EventCodec();
    private final Queue<TapeEvent> fetched = new ArrayDeque<>();
    private long next;
    private boolean closed;

    DecodingReader(Log<?> log, ReadEvents read, long fromNumber) {
        this.log = log;
        this.read = read;
        this.events = log.tape().read(fromNumber);
        this.next = fromNumber;
    }

    @Override
    public int poll(TapeListener listener, int max, Duration wait) throws InterruptedException {
        if (max < 1) {
            throw new IllegalArgumentException("max " + max + " is below 1");
        }
        if (closed || log.condition().state() == Condition.State.CLOSED) {
            throw new IllegalStateException("the core went away; go on with event " + next + " when it is back");
        }
        if (fetched.isEmpty()) {
            fetched.addAll(events.poll(Math.min(max, BATCH), wait));
        }
        int delivered = 0;
        while (delivered < max && !fetched.isEmpty()) {
            read.read(fetched.element(), codec).deliver(listener);
            fetched.remove();
            next++;
            delivered++;
        }
        return delivered;
    }

    @Override
    public long nextNumber() {
        return next;
    }

    @Override
    public void close() {
        closed = true;
    }
}
