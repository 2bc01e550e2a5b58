package org.hmsach.conformance.bad;

import java.util.Hashtable;
import java.util.Map;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A check that allows everything, offered by hand; each bad bundle spoils one thing. */
public class Offering implements BundleActivator, OrderCheck {
    static final String RULE = "bad.rule";

    @Override
    public void start(BundleContext context) throws Exception {
        context.registerService(OrderCheck.class, this, new Hashtable<>());
    }

    @Override
    public void stop(BundleContext context) throws Exception {}

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        return Verdict.allow(RULE, "1", Map.of());
    }
}
