package org.hmsach.mfe.exec.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.spi.mkt.Venue;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seam to the venues, which come and go while orders flow. */
@Component(service = Venues.class)
public final class Venues {
    private static final Logger LOG = LoggerFactory.getLogger(Venues.class);
    private static final Comparator<Map.Entry<Map<String, Object>, Venue>> WORST_FIRST = Comparator.comparing(
                    (Map.Entry<Map<String, Object>, Venue> e) -> number(e.getKey(), Constants.SERVICE_RANKING))
            .thenComparing(e -> -number(e.getKey(), Constants.SERVICE_ID));

    private final ModuleSwitch moduleSwitch;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, Venue>> venues = List.of();

    /** Nobody at first. */
    @Activate
    public Venues(@Reference ModuleSwitch moduleSwitch) {
        this.moduleSwitch = moduleSwitch;
    }

    /** Each venue by its name, of bundles that serve; of two, the one that the framework would prefer. */
    public Map<String, Venue> byName() {
        Map<String, Venue> byName = new HashMap<>();
        venues.stream().filter(this::serves).sorted(WORST_FIRST).forEach(e -> name(e).ifPresent(
                        n -> byName.put(n, e.getValue())));
        return byName;
    }

    private boolean serves(Map.Entry<Map<String, Object>, Venue> entry) {
        return moduleSwitch.serves(number(entry.getKey(), Constants.SERVICE_BUNDLEID));
    }

    /** The property first: it asks nothing of code that may be broken. */
    private static Optional<String> name(Map.Entry<Map<String, Object>, Venue> entry) {
        if (entry.getKey().get("name") instanceof String property) {
            return Optional.of(property);
        }
        try {
            return Optional.of(entry.getValue().name());
        } catch (RuntimeException | LinkageError e) { // the venue's own code: the seam of this bundle
            LOG.debug("a venue cannot say its name", e);
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> properties, String key) {
        return properties.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
