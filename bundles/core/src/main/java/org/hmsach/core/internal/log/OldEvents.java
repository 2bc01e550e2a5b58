package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.RecordedMessages;

/** Events of the tape's files, one after the other, none of them copied. */
final class OldEvents implements TapeStore.OldTape {
    private final RecordedMessages messages;
    private final long from;

    /** @param from number of the first event wanted, at or behind where the messages begin */
    OldEvents(RecordedMessages messages, long from) {
        this.messages = messages;
        this.from = from;
    }

    @Override
    public boolean nextIs(TapeEvent event) {
        try {
            do {
                if (!messages.next()) {
                    RecordedFrames.End end = messages.end();
                    throw new IllegalStateException(
                            "the tape ends before event " + event.number() + ": " + end.problem());
                }
            } while (TapeEvent.numberAt(messages.buffer(), messages.offset()) < from);
            return event.isAt(messages.buffer(), messages.offset(), messages.length());
        } catch (IOException e) {
            throw new UncheckedIOException("the tape cannot be read", e);
        }
    }

    @Override
    public void close() {
        messages.close();
    }
}
