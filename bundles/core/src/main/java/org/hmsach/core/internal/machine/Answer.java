package org.hmsach.core.internal.machine;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.refusal.Refused;

/**
 * What the machine answers to one entry; the log adds entry and tape number.
 *
 * @param subject   id of what was made, changed or found
 * @param duplicate whether the same id with the same body was answered before
 * @param refusal   why it was refused
 */
public record Answer(Optional<UUID> subject, boolean duplicate, Optional<Refused> refusal) {
    /** Done, about nothing that has an id. */
    public static final Answer DONE = new Answer(Optional.empty(), false, Optional.empty());

    public Answer {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(refusal, "refusal");
    }

    /** Done. */
    public static Answer done(UUID subject) {
        return new Answer(Optional.of(subject), false, Optional.empty());
    }

    /** Refused, nothing was made. */
    public static Answer refused(Refused refusal) {
        return new Answer(Optional.empty(), false, Optional.of(refusal));
    }
}
