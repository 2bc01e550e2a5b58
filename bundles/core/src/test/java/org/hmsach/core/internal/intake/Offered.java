package org.hmsach.core.internal.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.guard.GuardSettings;
import org.hmsach.core.internal.guard.Guards;
import org.hmsach.core.internal.registry.Gates;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.Venue;

/** Services behind the seams, as the component runtime would give them: each with its properties. */
final class Offered {
    private static final AtomicLong IDS = new AtomicLong();

    private Offered() {}

    /** As shipped, but a breaker that opens stays open. */
    static Guards guards() {
        GuardSettings shipped = GuardSettings.STANDARD;
        GuardSettings settings = new GuardSettings(shipped.places(), Duration.ofHours(1), shipped.stuck());
        return new Guards(settings, id -> "org.hmsach.bundle" + id + " 1.0.0");
    }

    static OrderChecks checks(List<OrderCheck> checks) {
        OrderChecks seam = new OrderChecks(new Gates(), guards(), bundle -> Map.of());
        replace(seam, checks);
        return seam;
    }

    static void replace(OrderChecks seam, List<OrderCheck> checks) {
        seam.replace(entries(checks));
    }

    static Prices prices(List<MarketData> sources) {
        Prices seam = new Prices(new Gates(), guards());
        seam.replace(entries(sources));
        return seam;
    }

    static Fees fees(List<FeeSchedule> schedules) {
        Fees seam = new Fees(new Gates(), guards());
        seam.replace(entries(schedules));
        return seam;
    }

    static Venues venues(List<Venue> venues) {
        Venues seam = new Venues(new Gates(), guards());
        seam.replace(entries(venues));
        return seam;
    }

    /** Each from a bundle of its own. */
    static <T> List<Map.Entry<Map<String, Object>, T>> entries(List<T> services) {
        return services.stream()
                .map(service -> entry(service, IDS.incrementAndGet()))
                .toList();
    }

    static <T> Map.Entry<Map<String, Object>, T> entry(T service, long bundleId) {
        return Map.entry(Map.of("service.id", IDS.incrementAndGet(), "service.bundleid", bundleId), service);
    }

    static OrderCheck check(String rule, Function<OrderProposal, Verdict> answer) {
        return new OrderCheck() {
            @Override
            public String rule() {
                return rule;
            }

            @Override
            public Verdict check(OrderProposal proposal) {
                return answer.apply(proposal);
            }
        };
    }
}
