package org.hmsach.demo.settledcash.second;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hmsach.api.account.Position;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class SettledCashTest {
    private final SettledCash rule = new SettledCash();

    @Test
    void refusesProceedsAfterThreeViolationsAndCountsNoSaleOfSettledShares() {
        assertTrue(buy().allowed(), "the settled cash pays for one");
        assertTrue(sell("0").allowed());
        assertEquals("0", buyAndSell("0"), "paid with proceeds, and the sale is the first violation");
        assertEquals("1", buyAndSell("1"), "the shares that are sold are settled");
        assertEquals("1", buyAndSell("0"));
        assertEquals("2", buyAndSell("0"));
        Verdict refused = buy();
        assertFalse(refused.allowed());
        assertEquals("3", refused.inputs().get("violations"));
        assertEquals("10000", refused.inputs().get("limit"));
    }

    /** @return violations counted before */
    private String buyAndSell(String settled) {
        Verdict bought = buy();
        assertTrue(bought.allowed(), bought.detail());
        sell(settled);
        return bought.inputs().get("violations");
    }

    private Verdict buy() {
        return rule.check(proposal(Samples.limit(Side.BUY, "IBM", "1", "100"), "0"));
    }

    private Verdict sell(String settled) {
        return rule.check(proposal(Samples.limit(Side.SELL, "IBM", "1", "100"), settled));
    }

    private static OrderProposal proposal(OrderRequest request, String settled) {
        OrderProposal sample = Samples.proposal(request, Optional.empty());
        return new OrderProposal(
                request,
                sample.principal(),
                Samples.account(
                        request.account(),
                        10_000,
                        new Position("IBM", Scale8.ONE, Scale8.parse(settled), 0, 10_000, 0)),
                sample.instrument(),
                sample.reference(),
                sample.replaces(),
                sample.businessDate(),
                false);
    }
}
