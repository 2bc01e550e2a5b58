package org.hmsach.core.internal.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.core.internal.guard.BundlePlugIns;
import org.hmsach.core.internal.guard.Guards;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets fee schedules. */
@Component(service = Fees.class)
public final class Fees {
    private static final Duration BOUND = Duration.ofMillis(250);

    private final ModuleSwitch moduleSwitch;
    private final Guards guards;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, FeeSchedule>> schedules = List.of();

    /** Nobody at first. */
    @Activate
    public Fees(@Reference ModuleSwitch moduleSwitch, @Reference BundlePlugIns plugIns) {
        this(moduleSwitch, plugIns.guards());
    }

    Fees(ModuleSwitch moduleSwitch, Guards guards) {
        this.moduleSwitch = moduleSwitch;
        this.guards = guards;
    }

    void replace(List<Map.Entry<Map<String, Object>, FeeSchedule>> others) {
        schedules = List.copyOf(others);
    }

    /** The highest ranking schedule; the list is in ascending order of ranking. */
    Optional<Served<FeeSchedule>> current() {
        List<Served<FeeSchedule>> now = Served.of(schedules, moduleSwitch);
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }

    /**
     * The fee to reserve, minor units.
     *
     * @throws UnavailableException when the schedule does not answer: without a fee reserved nothing is traded
     */
    long estimateMinor(Served<FeeSchedule> schedule, OrderRequest request, Currency currency, long priceE8) {
        try {
            return guards.guard(FeeSchedule.class.getSimpleName(), "schedule", schedule.bundleId())
                    .quick("estimate", BOUND, () -> estimate(schedule.service(), request, currency, priceE8));
        } catch (PlugInException e) {
            throw UnavailableException.core("FEE_SCHEDULE_FAILED", "the fee schedule failed: " + e.getMessage(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnavailableException.core("FEE_SCHEDULE_FAILED", "interrupted while asking the fee schedule", -1);
        }
    }

    private static long estimate(FeeSchedule schedule, OrderRequest request, Currency currency, long priceE8) {
        try {
            return Math.max(
                    0, schedule.estimateMinor(request.side(), request.symbol(), request.qtyE8(), priceE8, currency));
        } catch (ArithmeticException e) {
            // too large to price: the machine refuses such an order for its value
            return 0;
        }
    }
}
