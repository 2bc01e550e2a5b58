package org.hmsach.core.internal.sim;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.refusal.Reason;

/** What the twin expects to be answered; of a refusal the reason and the rule, not the words. */
record TwinAnswer(Optional<UUID> subject, boolean duplicate, Optional<String> refusal) {
    /** Stands for any refusal. */
    static final String ANY = "any";

    static final TwinAnswer DONE = new TwinAnswer(Optional.empty(), false, Optional.empty());
    static final TwinAnswer AGAIN = new TwinAnswer(Optional.empty(), true, Optional.empty());

    static TwinAnswer done(UUID subject) {
        return new TwinAnswer(Optional.of(subject), false, Optional.empty());
    }

    static TwinAnswer again(Optional<UUID> subject, Optional<String> refusal) {
        return new TwinAnswer(subject, true, refusal);
    }

    static TwinAnswer no(Reason reason, String rule) {
        return new TwinAnswer(Optional.empty(), false, Optional.of(reason + " " + rule));
    }

    boolean isNew() {
        return !duplicate && refusal.isEmpty();
    }
}
