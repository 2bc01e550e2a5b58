package org.hmsach.core.internal.service;

import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.core.internal.log.Log;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tape in the words of the contracts. */
@Component(service = Tape.class, enabled = false)
public final class TapeService implements Tape {
    private final Log<?> log;
    private final ReadEvents read = new ReadEvents();

    /** The tape of the running core. */
    @Activate
    public TapeService(@Reference CoreEngine engine) {
        this(engine.running().log());
    }

    TapeService(Log<?> log) {
        this.log = log;
    }

    @Override
    public long lastNumber() {
        return log.tape().last();
    }

    @Override
    public long firstNumberOf(long entry) {
        return log.tape().firstNumberOf(entry);
    }

    @Override
    public TapeReader open(long fromNumber) {
        long last = lastNumber();
        if (fromNumber < 1 || fromNumber > last + 1) {
            throw new IllegalArgumentException(
                    "the tape has events 1 to " + last + ", no reader can begin with " + fromNumber);
        }
        return new DecodingReader(log, read, fromNumber);
    }
}
