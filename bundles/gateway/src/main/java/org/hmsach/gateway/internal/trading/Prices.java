package org.hmsach.gateway.internal.trading;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.Quote;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Prices for showing values: the seam to market data, which may be away or replaced at any time. */
@Component(service = Prices.class)
public final class Prices {
    /** Longer than any holiday. */
    private static final int LOOK_BACK_DAYS = 10;

    /** In ascending order of the framework's preference. */
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<MarketData> sources;

    @Activate
    public Prices() {
        this(List.of());
    }

    Prices(List<MarketData> sources) {
        this.sources = sources;
    }

    /** Price to value a position by. */
    public Optional<ReferencePrice> mark(String symbol) {
        List<MarketData> now = sources;
        return now.isEmpty() ? Optional.empty() : now.get(now.size() - 1).mark(symbol);
    }

    /** Close of the last day bar before the date. */
    public Optional<Long> closeBefore(String symbol, LocalDate date) {
        List<MarketData> now = sources;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        List<Bar> bars = now.get(now.size() - 1).bars(symbol, date.minusDays(LOOK_BACK_DAYS), date.minusDays(1));
        return bars.isEmpty()
                ? Optional.empty()
                : Optional.of(bars.get(bars.size() - 1).closeE8());
    }

    /** Best bid and offer. */
    public Optional<Quote> quote(String symbol) {
        List<MarketData> now = sources;
        return now.isEmpty() ? Optional.empty() : now.get(now.size() - 1).quote(symbol);
    }
}
