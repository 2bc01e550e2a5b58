package org.hmsach.testkit.contract;

import java.util.Map;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;

class PlainCheckTest extends OrderCheckContract {
    @Override
    protected OrderCheck check() {
        return new OrderCheck() {
            @Override
            public String rule() {
                return "sample.whole-shares";
            }

            @Override
            public Verdict check(OrderProposal proposal) {
                return proposal.request().qtyE8() % 100_000_000L == 0
                        ? Verdict.allow(rule(), "1", Map.of())
                        : Verdict.deny(rule(), "1", "a part of a share", Map.of());
            }
        };
    }
}
