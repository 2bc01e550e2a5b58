package org.hmsach.gateway.internal.trading;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.module.Serving;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.Quote;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prices for showing values: the seam to market data, which may be away or replaced at any time. */
@Component(service = Prices.class)
public final class Prices {
    /** Longer than any holiday. */
    private static final int LOOK_BACK_DAYS = 10;

    private static final String DISPLAY = "display";
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Prices.class);

    /** In ascending order of the framework's preference. */
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketData>> sources;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PlugIns> plugIns;

    @Activate
    public Prices() {
        this(List.of());
    }

    Prices(List<MarketData> sources) {
        this(sources, List.of());
    }

    Prices(List<MarketData> sources, List<PlugIns> plugIns) {
        this.plugIns = List.copyOf(plugIns);
        this.sources = sources.stream()
                .map(source -> Map.entry(Map.<String, Object>of(), source))
                .toList();
    }

    /** Price to value a position by. */
    public Optional<ReferencePrice> mark(String symbol) {
        return ask("tell a mark", source -> source.mark(symbol));
    }

    /** Close of the last day bar before the date. */
    public Optional<Long> closeBefore(String symbol, LocalDate date) {
        return ask("tell a day's bars", source -> {
            List<Bar> bars = source.bars(symbol, date.minusDays(LOOK_BACK_DAYS), date.minusDays(1));
            return bars.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bars.get(bars.size() - 1).closeE8());
        });
    }

    /** Best bid and offer. */
    public Optional<Quote> quote(String symbol) {
        return ask("tell a quote", source -> source.quote(symbol));
    }

    /**
     * Behind a guard, which may be away with the core; empty when the source does not answer. It is not the guard of
     * the price that orders are judged by: what is only shown must not use up its places, or open its breaker.
     */
    private <T> Optional<T> ask(String what, Function<MarketData, Optional<T>> question) {
        List<Map.Entry<Map<String, Object>, MarketData>> now = sources;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<Map<String, Object>, MarketData> source = now.get(now.size() - 1);
        Optional<PlugIns> guards = plugIns.stream().findFirst();
        if (guards.isEmpty()) {
            return question.apply(source.getValue());
        }
        try {
            return guards.get()
                    .plugIn(MarketData.class.getSimpleName(), DISPLAY, Serving.bundle(source.getKey()))
                    .quick(what, BOUND, () -> question.apply(source.getValue()));
        } catch (PlugInException e) {
            LOG.debug("no price: {}", e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
