package org.hmsach.core.internal.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;

/** What the registry says about the modules that an order needs. */
final class Modules {
    /** A bundle is active a little before its services are there. */
    private static final long SETTLE_MS = 2_000;

    /** A service leaves a little before the registry hears of its bundle. */
    private static final long GRACE_MS = 1_000;

    private static final long HERE = 0;

    private final Map<String, Long> goneSinceMs = new ConcurrentHashMap<>();
    private final ModuleRegistry registry;
    private final LongSupplier clockMs;

    Modules(ModuleRegistry registry, LongSupplier clockMs) {
        this.registry = registry;
        this.clockMs = clockMs;
    }

    /** Whether the module is here or will be in a moment. */
    boolean isThere(String module) {
        return registry.module(module)
                .map(status -> status.state() != ModuleState.ABSENT && status.state() != ModuleState.FAILED)
                .orElse(false);
    }

    /** The name of a module of that kind which is just coming, so that its services are worth waiting for. */
    Optional<String> coming(Predicate<ModuleStatus> kind) {
        return registry.modules().stream()
                .filter(kind)
                .filter(this::isComing)
                .map(ModuleStatus::module)
                .findFirst();
    }

    Optional<String> coming(String module) {
        return coming(status -> status.module().equals(module));
    }

    /** As {@link #coming(String)}, for a module whose service of that name is not there. */
    Optional<String> coming(String module, String service) {
        Optional<String> coming = coming(module);
        return coming.isEmpty() && justGone(service) ? Optional.of(module) : coming;
    }

    /** Notes that the service was seen. */
    void here(String service) {
        Long known = goneSinceMs.get(service);
        if (known == null || known != HERE) {
            goneSinceMs.put(service, HERE);
        }
    }

    /** Whether a service that was here has been missed only for a moment. */
    boolean justGone(String service) {
        long nowMs = clockMs.getAsLong();
        Long since = goneSinceMs.computeIfPresent(service, (name, known) -> known == HERE ? nowMs : known);
        return since != null && nowMs - since < GRACE_MS;
    }

    private boolean isComing(ModuleStatus status) {
        return switch (status.state()) {
            case PARKED, STARTING -> true;
            case ACTIVE -> clockMs.getAsLong() - status.sinceMs() < SETTLE_MS;
            case ABSENT, SHADOW, FAILED -> false;
        };
    }
}
