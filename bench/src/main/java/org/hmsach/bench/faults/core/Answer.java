package org.hmsach.bench.faults.core;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/**
 * What a core answered to a command, as a line of text.
 *
 * @param entry      log entry
 * @param tapeNumber last event after it
 * @param subject    what it is about
 * @param duplicate  whether the same was asked before
 * @param refusal    why it was refused
 */
record Answer(long entry, long tapeNumber, Optional<UUID> subject, boolean duplicate, Optional<Reason> refusal) {
    private static final String NONE = "-";

    static Answer of(Outcome outcome) {
        return new Answer(
                outcome.entry(),
                outcome.tapeNumber(),
                outcome.subject(),
                outcome.duplicate(),
                outcome.refusal().map(Refused::reason));
    }

    /** The words of a line from the given one on. */
    static Answer parse(String[] words, int from) {
        return new Answer(
                Long.parseLong(words[from]),
                Long.parseLong(words[from + 1]),
                NONE.equals(words[from + 2]) ? Optional.empty() : Optional.of(UUID.fromString(words[from + 2])),
                "again".equals(words[from + 3]),
                NONE.equals(words[from + 4]) ? Optional.empty() : Optional.of(Reason.valueOf(words[from + 4])));
    }

    String line() {
        return entry + " " + tapeNumber + " " + subject.map(UUID::toString).orElse(NONE) + " "
                + (duplicate ? "again" : "first") + " "
                + refusal.map(Reason::name).orElse(NONE);
    }
}
