package org.hmsach.mkt.data.internal;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether prices come. A start that failed is critical; a feed that went away comes back by itself. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=mkt.data", "hc.tags=mkt", "hc.tags=ready"})
public final class FeedHealth implements HealthCheck {
    private final MarketView market;

    @Activate
    public FeedHealth(@Reference MarketView market) {
        this.market = market;
    }

    @Override
    public Result execute() {
        MarketView.FeedStatus status = market.feedStatus();
        if (status.failure().isEmpty()) {
            return new Result(Result.Status.OK, "prices come from feed " + status.name());
        }
        return new Result(
                status.startable() ? Result.Status.WARN : Result.Status.CRITICAL,
                "no market data: " + status.failure().get());
    }
}
