package org.hmsach.conformance.bad;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderProposal;

/** Says yes and no to the same order in turn. */
public final class FickleCheck extends Offering {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Verdict check(OrderProposal proposal) {
        return asked.incrementAndGet() % 4 == 0
                ? Verdict.deny(RULE, "1", "not in the mood", Map.of())
                : super.check(proposal);
    }
}
