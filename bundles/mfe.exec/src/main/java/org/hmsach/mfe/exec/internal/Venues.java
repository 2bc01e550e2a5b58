package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
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

    private static final Duration NAME_BOUND = Duration.ofMillis(250);

    private final ModuleSwitch moduleSwitch;
    private final PlugIns plugIns;
    private final Map<Long, String> names = new ConcurrentHashMap<>();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, Venue>> venues = List.of();

    /** Nobody at first. */
    @Activate
    public Venues(@Reference ModuleSwitch moduleSwitch, @Reference PlugIns plugIns) {
        this.moduleSwitch = moduleSwitch;
        this.plugIns = plugIns;
    }

    /** Each venue by its name, of bundles that serve; of two, the one that the framework would prefer. */
    Map<String, Offer> byName() {
        Map<String, Offer> byName = new HashMap<>();
        List<Map.Entry<Map<String, Object>, Venue>> now = venues;
        now.stream().filter(this::serves).sorted(WORST_FIRST).forEach(e -> name(e).ifPresent(
                        n -> byName.put(n, new Offer(e.getValue(), guard(n, e)))));
        if (names.size() > now.size()) {
            names.keySet()
                    .retainAll(now.stream()
                            .map(e -> number(e.getKey(), Constants.SERVICE_ID))
                            .toList());
        }
        return byName;
    }

    private boolean serves(Map.Entry<Map<String, Object>, Venue> entry) {
        return moduleSwitch.serves(number(entry.getKey(), Constants.SERVICE_BUNDLEID));
    }

    private PlugIn guard(String name, Map.Entry<Map<String, Object>, Venue> entry) {
        return plugIns.plugIn(Venue.class.getSimpleName(), name, number(entry.getKey(), Constants.SERVICE_BUNDLEID));
    }

    /** The property first: it asks nothing of code that may be broken. A service is asked once. */
    private Optional<String> name(Map.Entry<Map<String, Object>, Venue> entry) {
        if (entry.getKey().get("name") instanceof String property) {
            return Optional.of(property);
        }
        long service = number(entry.getKey(), Constants.SERVICE_ID);
        String known = names.get(service);
        if (known != null) {
            return Optional.of(known);
        }
        Venue venue = entry.getValue();
        try {
            String said = guard(venue.getClass().getSimpleName(), entry).ask("say its name", NAME_BOUND, venue::name);
            Optional<String> name = Optional.ofNullable(said);
            name.ifPresent(n -> names.put(service, n));
            return name;
        } catch (PlugInException e) {
            LOG.debug("a venue cannot say its name", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> properties, String key) {
        return properties.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
