package org.hmsach.gateway.internal.trading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hmsach.api.history.History;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.Serving;
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
    private volatile List<Map.Entry<Map<String, Object>, History>> histories;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    private final Serving<History> serving =
            new Serving<>(() -> histories, () -> switches.stream().findFirst());

    @Activate
    public Histories() {
        this(List.of());
    }

    Histories(List<History> histories) {
        this.histories = histories.stream()
                .map(history -> Map.entry(Map.<String, Object>of(), history))
                .toList();
    }

    /** Whether there are read models. */
    public boolean isPresent() {
        return !histories.isEmpty();
    }

    /**
     * Reads from the read models, when they hold everything up to the event or a moment has passed.
     *
     * @throws UnavailableException when there are none
     */
    public <T> T read(long tapeNumber, Function<Stored, T> work) {
        return serving.call(history -> work.apply(upTo(history, tapeNumber)))
                .orElseThrow(() -> UnavailableException.moduleAbsent("store", "what is closed cannot be read"));
    }

    private static Stored upTo(History history, long tapeNumber) {
        try {
            history.awaitNumber(tapeNumber, CATCH_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Stored(history, history.appliedNumber(), tapeNumber);
    }
}
