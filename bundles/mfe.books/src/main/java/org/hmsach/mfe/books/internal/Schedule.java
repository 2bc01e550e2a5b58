package org.hmsach.mfe.books.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The fee schedule behind its guard: it may be a vendor's. Made anew when the schedule is replaced. */
@Component(service = Schedule.class)
public final class Schedule {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final int RETRY_AFTER_S = 1;

    private final FeeSchedule fees;
    private final PlugIn guard;

    /** Over the one that the framework prefers. */
    @Activate
    public Schedule(@Reference Map.Entry<Map<String, Object>, FeeSchedule> schedule, @Reference PlugIns plugIns) {
        this(
                schedule.getValue(),
                plugIns,
                schedule.getKey().get(Constants.SERVICE_BUNDLEID) instanceof Long id ? id : 0);
    }

    Schedule(FeeSchedule fees, PlugIns plugIns, long bundleId) {
        this.fees = fees;
        this.guard = plugIns.plugIn(FeeSchedule.class.getSimpleName(), "schedule", bundleId);
    }

    /**
     * Fees of one fill.
     *
     * @throws UnavailableException when the schedule does not answer: the fill is taken again later
     */
    List<FeeSchedule.Fee> fees(OrderRequest request, Execution fill, Currency currency) throws InterruptedException {
        try {
            return guard.ask(
                    "tell the fees of a fill",
                    BOUND,
                    () -> List.copyOf(
                            fees.fees(request.side(), request.symbol(), fill.qtyE8(), fill.priceE8(), currency)));
        } catch (PlugInException e) {
            throw UnavailableException.core("FEE_SCHEDULE_FAILED", e.getMessage(), RETRY_AFTER_S);
        }
    }
}
