package org.hmsach.core.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.disk.Recording;

/** The tape of a stopped log, from event 1 on: each number once, each hash checked. Not thread-safe. */
public final class StoppedTape implements Closeable {
    private final Recording recording;
    private final RecordedMessages messages;
    private final Consumer<Problem> problems;
    private final ChainHash chain = new ChainHash();
    private long last;
    private boolean broken;

    /** Reads the recording; what does not hold ends it and is told. */
    public StoppedTape(Recording recording, Consumer<Problem> problems) {
        this.recording = recording;
        this.messages = new RecordedMessages(recording, recording.start());
        this.problems = problems;
    }

    /** The next event; empty at the end, and where the tape does not hold. */
    public Optional<TapeEvent> next() throws IOException {
        if (broken || !messages.next()) {
            return Optional.empty();
        }
        Optional<String> wrong = Optional.empty();
        TapeEvent event = null;
        try {
            event = TapeEvent.copyOf(messages.buffer(), messages.offset(), messages.length());
            if (event.number() != last + 1) {
                wrong = Optional.of("event " + event.number() + " follows event " + last);
            } else if (!event.follows(chain)) {
                wrong = Optional.of("the chain hash of event " + event.number() + " does not follow event " + last);
            }
        } catch (IllegalStateException e) {
            wrong = Optional.of(e.getMessage() + " after event " + last);
        }
        if (wrong.isPresent()) {
            broken = true;
            problems.accept(new Problem(recording.nameOf(messages.position()), messages.position(), wrong.get()));
            return Optional.empty();
        }
        last = event.number();
        return Optional.of(event);
    }

    /** The last event read. */
    public long last() {
        return last;
    }

    /** The chain hash up to the last event read, in hexadecimal. */
    public String chainHex() {
        return chain.hex();
    }

    /** What ended the reading, when it was not the tape's end or a tail still to be written. */
    public Optional<Problem> damage() {
        return messages.end().how() == RecordedFrames.How.DAMAGED
                ? Optional.of(messages.end().problem())
                : Optional.empty();
    }

    RecordedFrames.End end() {
        return messages.end();
    }

    @Override
    public void close() {
        messages.close();
    }
}
