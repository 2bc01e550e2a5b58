package org.hmsach.core.internal.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.core.internal.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All guards, and the one thread that looks at them. No OSGi. */
public final class Guards implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);
    private static final long LOOK_MS = 50;

    private final Map<GuardKey, Guard> guards = new ConcurrentHashMap<>();
    private final Set<Guard> departed = ConcurrentHashMap.newKeySet();
    private final GuardSettings settings;
    private final CircuitBreakerConfig config;
    private final LongFunction<String> bundleName;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(OwnThreads.named("hmsach-guards"));

    /** @param bundleName symbolic name and version of a bundle, for people */
    public Guards(GuardSettings settings, LongFunction<String> bundleName) {
        this.settings = settings;
        this.bundleName = bundleName;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindow(
                        GuardSettings.WINDOW, GuardSettings.LEAST, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(GuardSettings.PERCENT)
                .waitDurationInOpenState(settings.open())
                .permittedNumberOfCallsInHalfOpenState(1)
                .writableStackTraceEnabled(false)
                .build();
        clock.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** The guard of that service, made at the first question. */
    public Guard guard(String spi, String name, long bundleId) {
        GuardKey key = new GuardKey(spi, name, bundleId);
        Guard known = guards.get(key); // computing takes a lock that others wait for, also where nothing is computed
        return known != null ? known : guards.computeIfAbsent(key, this::make);
    }

    private Guard make(GuardKey key) {
        return new Guard(key, bundleName.apply(key.bundleId()), settings, CircuitBreaker.of(key.toString(), config));
    }

    /** The bundle stopped: what comes next begins anew. */
    void forget(long bundleId) {
        guards.values().stream()
                .filter(guard -> guard.key().bundleId() == bundleId)
                .toList()
                .forEach(guard -> {
                    guards.remove(guard.key(), guard);
                    guard.close();
                    departed.add(guard); // some thread may still be in it
                });
    }

    /** Threads that do not come back from bundles that were stopped. */
    public List<String> departed() {
        return departed.stream()
                .flatMap(guard -> guard.status().stuck().stream())
                .toList();
    }

    /** How each is, in a fixed order. */
    public List<PlugInStatus> all() {
        return guards.values().stream()
                .map(Guard::status)
                .sorted(Comparator.comparing(PlugInStatus::spi)
                        .thenComparing(PlugInStatus::name)
                        .thenComparingLong(PlugInStatus::bundleId))
                .toList();
    }

    private void look() {
        try {
            guards.values().forEach(Guard::look);
            departed.forEach(Guard::look);
            departed.removeIf(guard -> !guard.isInUse());
        } catch (RuntimeException e) { // one bad look must not be the last
            LOG.error("looking after the plug-ins failed", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        guards.values().forEach(Guard::close);
    }
}
