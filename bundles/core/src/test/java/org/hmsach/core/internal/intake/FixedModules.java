package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;

/** A registry that says what the test wants; its modules have been as they are for long. */
final class FixedModules implements ModuleRegistry {
    private final Map<String, ModuleState> states = new ConcurrentSkipListMap<>();

    FixedModules active(String... modules) {
        for (String module : modules) {
            states.put(module, ModuleState.ACTIVE);
        }
        return this;
    }

    void parked(String module) {
        states.put(module, ModuleState.PARKED);
    }

    void absent(String module) {
        states.put(module, ModuleState.ABSENT);
    }

    @Override
    public List<ModuleStatus> modules() {
        return states.keySet().stream().map(this::status).toList();
    }

    @Override
    public Optional<ModuleStatus> module(String name) {
        return states.containsKey(name) ? Optional.of(status(name)) : Optional.empty();
    }

    private ModuleStatus status(String module) {
        String family = module.substring(0, module.indexOf('.'));
        return new ModuleStatus(family, module, "org.hmsach." + module, "1.0.0", states.get(module), 0, "", "");
    }
}
