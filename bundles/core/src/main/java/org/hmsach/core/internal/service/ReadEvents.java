package org.hmsach.core.internal.service;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.DirectBuffer;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.log.TapeEvent;

/**
 * The newest events as records, kept for the next reader: several modules follow the tape close behind each other, and
 * records never change. Thread-safe; an event may be read twice.
 */
final class ReadEvents {
    /** Followers are some milliseconds apart; what is kept longer outlives young collections and is copied by them. */
    private static final int KEPT = 512;

    private final AtomicReferenceArray<org.hmsach.api.tape.TapeEvent> kept = new AtomicReferenceArray<>(KEPT);

    /** @param codec the caller's own */
    org.hmsach.api.tape.TapeEvent read(TapeEvent event, EventCodec codec) {
        int slot = (int) event.number() & (KEPT - 1);
        org.hmsach.api.tape.TapeEvent known = kept.get(slot);
        if (known != null && known.header().number() == event.number()) {
            return known;
        }
        EventPlace place = new EventPlace(event.number(), event.entry(), event.index(), event.timeMs());
        DirectBuffer payload = event.payload();
        org.hmsach.api.tape.TapeEvent read = codec.decode(payload, 0, payload.capacity(), place);
        kept.set(slot, read);
        return read;
    }
}
