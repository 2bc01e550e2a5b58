package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.spi.mkt.MarketData;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets market data. */
@Component(service = Prices.class)
public final class Prices {
    private final ModuleSwitch moduleSwitch;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketData>> sources = List.of();

    /** Nobody at first. */
    @Activate
    public Prices(@Reference ModuleSwitch moduleSwitch) {
        this.moduleSwitch = moduleSwitch;
    }

    void replace(List<Map.Entry<Map<String, Object>, MarketData>> others) {
        sources = List.copyOf(others);
    }

    /** The highest ranking source; the list is in ascending order of ranking. */
    Optional<MarketData> current() {
        List<Served<MarketData>> now = Served.of(sources, moduleSwitch);
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(now.get(now.size() - 1).service());
    }
}
