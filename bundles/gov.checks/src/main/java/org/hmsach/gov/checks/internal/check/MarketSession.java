package org.hmsach.gov.checks.internal.check;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Policy;
import org.hmsach.gov.checks.internal.policy.PolicySource;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.spi.mkt.MarketClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Market session. While the market is closed, day and gtc orders are refused or wait for the open, as the policy says;
 * ioc and fok orders cannot wait and are refused.
 */
@Component(service = OrderCheck.class)
public final class MarketSession implements OrderCheck {
    private final PolicySource policies;
    private final MarketTimes times;
    private final Tally tally;

    @Activate
    public MarketSession(@Reference PolicySource policies, @Reference MarketTimes times, @Reference Tally tally) {
        this.policies = policies;
        this.times = times;
        this.tally = tally;
    }

    @Override
    public String rule() {
        return Rule.SESSION.id();
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        Inputs inputs = Inputs.of(proposal);
        return tally.count(policies.policy(Rule.SESSION)
                .map(policy -> judge(proposal, policy, inputs))
                .orElseGet(() -> inputs.withoutPolicy(Rule.SESSION)));
    }

    private Verdict judge(OrderProposal proposal, Policy policy, Inputs inputs) {
        TimeInForce life = proposal.request().timeInForce();
        String lifeName = life.name().toLowerCase(Locale.ROOT);
        inputs.with("time_in_force", lifeName);
        Optional<MarketClock.MarketTime> now = times.now();
        if (now.isEmpty()) {
            return inputs.deny(
                    policy, "whether the market is open is not known: mkt.data, the market clock, is absent");
        }
        String time = Instant.ofEpochMilli(now.get().nowMs()).toString();
        inputs.with("market_time", time)
                .with("clock", now.get().source())
                .with("open", Boolean.toString(now.get().open()));
        if (now.get().open()) {
            return inputs.allow(policy);
        }
        String opens = Instant.ofEpochMilli(now.get().nextOpenMs()).toString();
        return waits(life, policy)
                ? inputs.warn(policy, "the market is closed at " + time + "; the order waits for " + opens)
                : inputs.deny(
                        policy,
                        "the market is closed at " + time + ", so " + lifeName + " orders are refused; it opens at "
                                + opens);
    }

    private static boolean waits(TimeInForce life, Policy policy) {
        return switch (life) {
            case DAY -> policy.text("day_outside").equals("queue");
            case GTC -> policy.text("gtc_outside").equals("queue");
            case IOC, FOK -> false;
        };
    }
}
