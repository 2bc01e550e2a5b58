package org.hmsach.core.internal.machine;

import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Origin;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.entry.EventSink;

/** Numbers the events of one entry and hands them out as bytes. The tape gives them their number later. */
final class Emitter {
    private final EventCodec codec = new EventCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final BusinessTime time;
    private EventSink sink = (b, offset, length) -> {};
    private Origin origin = Origin.ofModule("unknown");
    private int index;

    Emitter(BusinessTime time) {
        this.time = time;
    }

    void begin(EventSink to) {
        sink = to;
        origin = Origin.ofModule("unknown");
        index = 0;
    }

    void origin(Origin sender) {
        origin = sender;
    }

    Origin origin() {
        return origin;
    }

    /** The header of the next event. */
    EventHeader header() {
        return new EventHeader(0, time.entry(), index, time.timeMs(), time.dateOrEpoch(), origin);
    }

    void emit(TapeEvent event) {
        int length = codec.encode(event, buffer);
        if (length > EventSink.MAX_EVENT_BYTES) {
            throw new IllegalStateException("an event has " + length + " bytes");
        }
        sink.emit(buffer, 0, length);
        index++;
    }
}
