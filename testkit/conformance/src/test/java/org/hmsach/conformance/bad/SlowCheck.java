package org.hmsach.conformance.bad;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderProposal;

/** Answers too late. */
public final class SlowCheck extends Offering {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Verdict check(OrderProposal proposal) {
        try {
            if (never.await(600, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody opens it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.check(proposal);
    }
}
