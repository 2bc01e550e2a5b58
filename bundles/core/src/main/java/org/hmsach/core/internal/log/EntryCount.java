package org.hmsach.core.internal.log;

import java.util.Optional;
import org.agrona.DirectBuffer;
import org.hmsach.core.internal.entry.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the messages of the log into numbered entries: each client's commands once and in order, entry time never
 * moving
 * back. The same log gives the same entries, live and in a replay beside it.
 */
final class EntryCount {
    private static final Logger LOG = LoggerFactory.getLogger(EntryCount.class);
    private final ClientSequences clients = new ClientSequences();
    private long entries;
    private long timeMs;

    /** The entry that the message is; empty when it was taken before or is none. */
    Optional<Entry> take(DirectBuffer buffer, int offset, int length, long timestampMs) {
        if (!CommandHeader.isCommand(buffer, offset, length)) {
            LOG.warn("A message of {} bytes in the log is no command and is skipped", length);
            return Optional.empty();
        }
        if (!clients.take(CommandHeader.client(buffer, offset), CommandHeader.sequence(buffer, offset))) {
            return Optional.empty();
        }
        entries++;
        timeMs = Math.max(timeMs, timestampMs);
        return Optional.of(
                new Entry(entries, timeMs, buffer, offset + CommandHeader.BYTES, length - CommandHeader.BYTES));
    }

    void restore(long entryCount, long lastTimeMs) {
        entries = entryCount;
        timeMs = lastTimeMs;
    }

    long entries() {
        return entries;
    }

    long timeMs() {
        return timeMs;
    }

    ClientSequences clients() {
        return clients;
    }
}
