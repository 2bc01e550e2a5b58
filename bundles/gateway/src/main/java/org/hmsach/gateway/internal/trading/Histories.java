package org.hmsach.gateway.internal.trading;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.history.History;
import org.hmsach.api.refusal.UnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Read models: the seam to store, which may be replaced at any time. */
@Component(service = Histories.class)
public final class Histories {
    /** How long a read waits for the read models to hold what was acknowledged before it. */
    private static final Duration CATCH_UP = Duration.ofSeconds(1);

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<History> histories;

    @Activate
    public Histories() {
        this(List.of());
    }

    Histories(List<History> histories) {
        this.histories = histories;
    }

    /** The read models, when they are there. */
    public Optional<History> current() {
        List<History> now = histories; // in ascending order of the framework's preference
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }

    /** The read models, holding everything up to the event where that takes no more than a moment. */
    public Stored upTo(long tapeNumber) {
        History history = current()
                .orElseThrow(() -> UnavailableException.moduleAbsent("store", "what is closed cannot be read"));
        try {
            history.awaitNumber(tapeNumber, CATCH_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Stored(history, history.appliedNumber(), tapeNumber);
    }
}
