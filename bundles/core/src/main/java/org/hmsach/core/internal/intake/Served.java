package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.Serving;
import org.osgi.framework.Constants;

/**
 * A service behind a seam, and where it comes from.
 *
 * @param service   what is called
 * @param serviceId tells it from every other registration, without asking its code
 * @param bundleId  its bundle; calls that last take a lease on it
 */
record Served<T>(T service, long serviceId, long bundleId) {
    private static final long NONE = -1;

    /** Those whose bundle serves, in the order given: not what runs beside, nor what was relieved. */
    static <T> List<Served<T>> of(List<Map.Entry<Map<String, Object>, T>> all, ModuleSwitch moduleSwitch) {
        return all.stream()
                .map(entry -> new Served<>(entry.getValue(), serviceId(entry.getKey()), Serving.bundle(entry.getKey())))
                .filter(served -> moduleSwitch.serves(served.bundleId()))
                .toList();
    }

    private static long serviceId(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : NONE;
    }
}
