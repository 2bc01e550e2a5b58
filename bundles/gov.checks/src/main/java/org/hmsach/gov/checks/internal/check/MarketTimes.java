package org.hmsach.gov.checks.internal.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.module.Serving;
import org.hmsach.spi.mkt.MarketClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the checks meet the market clock, which may be absent or be replaced at any time. */
@Component(service = MarketTimes.class)
public final class MarketTimes {
    private static final Duration BOUND = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(MarketTimes.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Map.Entry<Map<String, Object>, MarketClock> clock;

    private final PlugIns plugIns;

    /** Without a clock at first. */
    @Activate
    public MarketTimes(@Reference PlugIns plugIns) {
        this.plugIns = plugIns;
    }

    MarketTimes(PlugIns plugIns, MarketClock clock) {
        this(plugIns);
        this.clock = Map.entry(Map.of(), clock);
    }

    /** Market time; empty when there is no clock, or it does not answer. */
    Optional<MarketClock.MarketTime> now() {
        Map.Entry<Map<String, Object>, MarketClock> present = clock;
        if (present == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(plugIns.plugIn(
                            MarketClock.class.getSimpleName(), "clock", Serving.bundle(present.getKey()))
                    .near("tell market time", BOUND, () -> present.getValue().now()));
        } catch (PlugInException e) {
            LOG.warn("market time is not known: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
