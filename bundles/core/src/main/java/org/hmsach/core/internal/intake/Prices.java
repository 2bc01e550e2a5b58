package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Optional;
import org.hmsach.spi.mkt.MarketData;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets market data. */
@Component(service = Prices.class)
public final class Prices {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MarketData> sources;

    /** For the component runtime. */
    public Prices() {
        this(List.of());
    }

    Prices(List<MarketData> sources) {
        this.sources = sources;
    }

    /** The highest ranking source; the list is in ascending order of ranking. */
    Optional<MarketData> current() {
        List<MarketData> now = sources;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }
}
