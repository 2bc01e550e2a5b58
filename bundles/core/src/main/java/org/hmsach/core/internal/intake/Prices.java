package org.hmsach.core.internal.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.core.internal.guard.BundlePlugIns;
import org.hmsach.core.internal.guard.Guards;
import org.hmsach.spi.mkt.MarketData;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the core meets market data. */
@Component(service = Prices.class)
public final class Prices {
    private static final Logger LOG = LoggerFactory.getLogger(Prices.class);
    private static final Duration BOUND = Duration.ofMillis(250);

    private final ModuleSwitch moduleSwitch;
    private final Guards guards;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketData>> sources = List.of();

    /** Nobody at first. */
    @Activate
    public Prices(@Reference ModuleSwitch moduleSwitch, @Reference BundlePlugIns plugIns) {
        this(moduleSwitch, plugIns.guards());
    }

    Prices(ModuleSwitch moduleSwitch, Guards guards) {
        this.moduleSwitch = moduleSwitch;
        this.guards = guards;
    }

    void replace(List<Map.Entry<Map<String, Object>, MarketData>> others) {
        sources = List.copyOf(others);
    }

    /** The highest ranking source; the list is in ascending order of ranking. */
    Optional<Served<MarketData>> current() {
        List<Served<MarketData>> now = Served.of(sources, moduleSwitch);
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }

    /** The price to judge an order by; empty when the source has none or does not answer. */
    Optional<ReferencePrice> reference(Served<MarketData> source, String symbol, boolean buy) {
        try {
            return guards.guard(MarketData.class.getSimpleName(), "prices", source.bundleId())
                    .quick("price", BOUND, () -> source.service().reference(symbol, buy));
        } catch (PlugInException e) {
            LOG.warn("No reference price of {}: {}", symbol, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
