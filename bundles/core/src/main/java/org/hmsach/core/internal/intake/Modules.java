package org.hmsach.core.internal.intake;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;

/** What the registry says about the modules that an order needs. */
final class Modules {
    /** A bundle is active a little before its services are there. */
    private static final long SETTLE_MS = 2_000;

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

    private boolean isComing(ModuleStatus status) {
        return switch (status.state()) {
            case PARKED, STARTING -> true;
            case ACTIVE -> clockMs.getAsLong() - status.sinceMs() < SETTLE_MS;
            case ABSENT, SHADOW, FAILED -> false;
        };
    }
}
