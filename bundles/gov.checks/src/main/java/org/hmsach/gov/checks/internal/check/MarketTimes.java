package org.hmsach.gov.checks.internal.check;

import java.util.Optional;
import org.hmsach.spi.mkt.MarketClock;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the checks meet the market clock, which may be absent or be replaced at any time. */
@Component(service = MarketTimes.class)
public final class MarketTimes {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile MarketClock clock;

    public MarketTimes() {
        this(null);
    }

    MarketTimes(MarketClock clock) {
        this.clock = clock;
    }

    Optional<MarketClock.MarketTime> now() {
        return Optional.ofNullable(clock).map(MarketClock::now);
    }
}
