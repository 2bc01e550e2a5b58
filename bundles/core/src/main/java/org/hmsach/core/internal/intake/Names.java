package org.hmsach.core.internal.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hmsach.api.module.PlugInException;
import org.hmsach.core.internal.guard.Guards;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the services behind a seam. A service keeps its name for life, so each is asked once. */
final class Names<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Names.class);
    /** Once for each service, so it may be generous: without a name a required check is missing. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final Map<Long, String> known = new ConcurrentHashMap<>();
    private final Guards guards;
    private final String spi;
    private final Function<T, String> name;

    Names(Guards guards, String spi, Function<T, String> name) {
        this.guards = guards;
        this.spi = spi;
        this.name = name;
    }

    /** Empty when it cannot say its name. */
    Optional<String> of(Served<T> one) {
        String said = known.get(one.serviceId());
        return said == null ? ask(one) : Optional.of(said);
    }

    private Optional<String> ask(Served<T> one) {
        String who = one.service().getClass().getSimpleName();
        try {
            String said = guards.guard(spi, who, one.bundleId()).ask("say its name", BOUND, () -> {
                String answer = name.apply(one.service());
                if (answer == null) {
                    throw new IllegalStateException("it has none");
                }
                return answer;
            });
            known.put(one.serviceId(), said);
            return Optional.of(said);
        } catch (PlugInException e) {
            LOG.warn("A {} of bundle {} has no name: {}", spi, one.bundleId(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Forgets all others. */
    void keep(List<Served<T>> present) {
        if (known.size() > present.size()) {
            known.keySet().retainAll(present.stream().map(Served::serviceId).toList());
        }
    }
}
