package org.hmsach.demo.settledcash.first;

import java.math.RoundingMode;
import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Component;

/** A purchase must not cost more than the settled cash. Looks at each order alone. */
@Component
public final class SettledCash implements OrderCheck {
    static final String RULE = "demo.settled-cash";
    private static final String VERSION = "1.0.0";

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        long settledMinor = proposal.account().settledMinor();
        long costMinor = costMinor(proposal);
        Map<String, String> inputs = Map.of("value", Long.toString(costMinor), "limit", Long.toString(settledMinor));
        return proposal.request().side() == Side.BUY && costMinor > settledMinor
                ? Verdict.deny(
                        RULE,
                        VERSION,
                        "a purchase of " + costMinor + " is more than the settled cash " + settledMinor,
                        inputs)
                : Verdict.allow(RULE, VERSION, inputs);
    }

    /** At the limit, else at the reference price; 0 where neither is known: others refuse such an order. */
    private static long costMinor(OrderProposal proposal) {
        long priceE8 = proposal.request().limitPriceE8().orElseGet(() -> proposal.reference()
                .map(reference -> reference.priceE8())
                .orElse(0L));
        int digits = proposal.instrument().currency().digits();
        return Scale8.cashMinor(priceE8, proposal.request().qtyE8(), digits, RoundingMode.CEILING);
    }
}
