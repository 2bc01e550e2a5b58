package com.acme.maxshares;

import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Refuses an order of more shares than the limit. */
@Component(configurationPid = "com.acme.maxshares")
@Designate(ocd = MaxShares.Config.class)
public final class MaxShares implements OrderCheck {
    static final String RULE = "acme.max-shares";

    /** Configuration {@code com.acme.maxshares}. */
    @ObjectClassDefinition(name = "Acme largest order in shares")
    public @interface Config {
        @AttributeDefinition(description = "largest quantity of one order in whole shares, 1 to 1,000,000,000")
        long max_shares() default 100;
    }

    private final long maxShares;

    @Activate
    public MaxShares(Config config) {
        this(config.max_shares());
    }

    MaxShares(long maxShares) {
        if (maxShares < 1 || maxShares > 1_000_000_000L) {
            throw new IllegalArgumentException("max_shares " + maxShares + " is outside 1 to 1000000000");
        }
        this.maxShares = maxShares;
    }

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        long qtyE8 = proposal.request().qtyE8();
        Map<String, String> inputs = Map.of("qty", Scale8.text(qtyE8), "max", Long.toString(maxShares));
        return qtyE8 > maxShares * Scale8.ONE
                ? Verdict.deny(RULE, policyVersion(), "quantity " + Scale8.text(qtyE8) + " is above the limit "
                        + maxShares, inputs)
                : Verdict.allow(RULE, policyVersion(), inputs);
    }

    private String policyVersion() {
        return "1.0.0/" + maxShares;
    }
}
