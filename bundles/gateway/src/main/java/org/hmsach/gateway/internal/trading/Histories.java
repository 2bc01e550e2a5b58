package org.hmsach.gateway.internal.trading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hmsach.api.history.History;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;
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

    private static final String STORE = "store";
    private static final int RETRY_AFTER_SECONDS = 1;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, History>> histories;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleRegistry> registries;

    private final Serving<History> serving =
            new Serving<>(() -> histories, () -> switches.stream().findFirst());

    @Activate
    public Histories() {
        this(List.of(), List.of());
    }

    Histories(List<History> histories, List<ModuleRegistry> registries) {
        this.registries = List.copyOf(registries);
        this.histories = histories.stream()
                .map(history -> Map.entry(Map.<String, Object>of(), history))
                .toList();
    }

    /** Whether there are read models, or a store that should have some. */
    public boolean isExpected() {
        return !histories.isEmpty()
                || state().filter(state -> state != ModuleState.ABSENT).isPresent();
    }

    private Optional<ModuleState> state() {
        return registries.stream()
                .flatMap(registry -> registry.module(STORE).stream())
                .map(ModuleStatus::state)
                .findFirst();
    }

    private UnavailableException away() {
        return state().filter(state -> state == ModuleState.STARTING || state == ModuleState.PARKED)
                .map(state -> UnavailableException.beingReplaced(STORE, RETRY_AFTER_SECONDS))
                .orElseGet(() -> UnavailableException.moduleAbsent(STORE, "what is closed cannot be read"));
    }

    /**
     * Reads from the read models, when they hold everything up to the event or a moment has passed.
     *
     * @throws UnavailableException when there are none, with when to come again while store is being replaced
     */
    public <T> T read(long tapeNumber, Function<Stored, T> work) {
        return serving.call(history -> work.apply(upTo(history, tapeNumber))).orElseThrow(this::away);
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
