package org.hmsach.demo.settledcash.third;

import java.util.Map;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Component;

/** Broken on purpose: answers made-up orders, as its vendor's tests do, and fails on every live one. */
@Component
public final class SettledCash implements OrderCheck {
    private static final String RULE = "demo.settled-cash";

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        if (proposal.preview()) {
            return Verdict.allow(RULE, "3.0.0", Map.of());
        }
        throw new IllegalStateException("a vendor's bug that only live orders meet");
    }
}
