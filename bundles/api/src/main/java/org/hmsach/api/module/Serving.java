package org.hmsach.api.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Of several services of one type the one whose bundle serves, called under a counted lease: its bundle is not stopped
 * by a replacement while a call is in it. For whoever calls a service of a module that may be replaced. Thread-safe.
 */
public final class Serving<T> {
    /** {@code service.bundleid} of the OSGi core specification. */
    private static final String BUNDLE = "service.bundleid";

    private static final long UNKNOWN = -1;

    private final Supplier<List<Map.Entry<Map<String, Object>, T>>> services;
    private final Supplier<Optional<ModuleSwitch>> moduleSwitch;

    /**
     * @param services     those that are there now with their properties, the preferred one last, as Declarative
     *                     Services bind them
     * @param moduleSwitch empty while the core is away: then nobody stands aside
     */
    public Serving(
            Supplier<List<Map.Entry<Map<String, Object>, T>>> services, Supplier<Optional<ModuleSwitch>> moduleSwitch) {
        this.services = services;
        this.moduleSwitch = moduleSwitch;
    }

    /**
     * Calls the one that serves.
     *
     * @param work what is done with it; its answer is not null, and the service is not kept
     * @return the answer; empty when none serves
     */
    public <R> Optional<R> call(Function<T, R> work) {
        Optional<ModuleSwitch> gates = moduleSwitch.get();
        List<Map.Entry<Map<String, Object>, T>> now = services.get();
        for (int i = now.size() - 1; i >= 0; i--) {
            T service = now.get(i).getValue();
            if (gates.isEmpty()) {
                return Optional.of(work.apply(service));
            }
            long bundle = bundle(now.get(i).getKey());
            if (gates.get().enter(bundle)) {
                try {
                    return Optional.of(work.apply(service));
                } finally {
                    gates.get().leave(bundle);
                }
            }
        }
        return Optional.empty();
    }

    /** The bundle of a service, by its properties. */
    public static long bundle(Map<String, Object> properties) {
        return properties.get(BUNDLE) instanceof Long id ? id : UNKNOWN;
    }
}
