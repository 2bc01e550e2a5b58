package org.hmsach.gov.checks.internal.check;

import java.math.BigInteger;
import java.util.Optional;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.ReferencePrice;
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
 * Price collar. A limit may be worse than the reference price by at most the hard collar (a buy above it, a sell
 * below); past the soft collar it passes with a remark. A limit on the harmless side always passes. A market order
 * needs a fresh reference price.
 */
@Component(service = OrderCheck.class)
public final class Collar implements OrderCheck {
    private static final long BASIS_POINTS = 10_000;

    private final PolicySource policies;
    private final MarketTimes times;
    private final Tally tally;

    @Activate
    public Collar(@Reference PolicySource policies, @Reference MarketTimes times, @Reference Tally tally) {
        this.policies = policies;
        this.times = times;
        this.tally = tally;
    }

    @Override
    public String rule() {
        return Rule.COLLAR.id();
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        Inputs inputs = Inputs.of(proposal);
        return tally.count(policies.policy(Rule.COLLAR)
                .map(policy -> judge(proposal, policy, inputs))
                .orElseGet(() -> inputs.withoutPolicy(Rule.COLLAR)));
    }

    private Verdict judge(OrderProposal proposal, Policy policy, Inputs inputs) {
        proposal.reference().ifPresent(inputs::with);
        return proposal.request().type() == OrderType.MARKET
                ? judgeMarket(proposal, policy, inputs)
                : judgeLimit(proposal, policy, inputs);
    }

    private Verdict judgeMarket(OrderProposal proposal, Policy policy, Inputs inputs) {
        String symbol = proposal.request().symbol();
        Optional<ReferencePrice> reference = proposal.reference();
        if (reference.isEmpty()) {
            return inputs.deny(policy, "a market order needs a reference price and none of " + symbol + " is known");
        }
        Optional<MarketClock.MarketTime> now = times.now();
        if (now.isEmpty()) {
            return inputs.deny(policy, "a market order needs a fresh reference price and there is no market clock");
        }
        long ageMs = now.get().nowMs() - reference.get().feedTimeMs();
        long maxAgeMs = policy.number("max_age_ms");
        inputs.with("age_ms", Long.toString(ageMs)).with("max_age_ms", Long.toString(maxAgeMs));
        if (Math.abs(ageMs) > maxAgeMs) {
            return inputs.deny(
                    policy,
                    "a market order needs a fresh reference price; that of " + symbol + " is " + ageMs
                            + " ms old, the limit is " + maxAgeMs + " ms",
                    ageMs + " ms",
                    maxAgeMs + " ms");
        }
        return inputs.allow(policy);
    }

    private Verdict judgeLimit(OrderProposal proposal, Policy policy, Inputs inputs) {
        long limitE8 = proposal.request().limitPriceE8().orElseThrow();
        inputs.with("limit_price", Scale8.text(limitE8));
        if (proposal.reference().isEmpty()) {
            return policy.text("limit_without_reference").equals("allow")
                    ? inputs.warn(policy, "no reference price is known, the limit price was not judged")
                    : inputs.deny(
                            policy,
                            "the limit price cannot be judged: no reference price of "
                                    + proposal.request().symbol() + " is known");
        }
        long referenceE8 = proposal.reference().get().priceE8();
        Side side = proposal.request().side();
        long hard = policy.number("hard_bp");
        long soft = policy.number("soft_bp");
        inputs.with("hard_bp", Long.toString(hard)).with("soft_bp", Long.toString(soft));
        if (isWorse(side, limitE8, referenceE8, hard)) {
            String detail = sentence(side, limitE8, referenceE8, hard, "hard");
            return inputs.deny(policy, detail, Scale8.text(limitE8), bound(side, referenceE8, hard));
        }
        return isWorse(side, limitE8, referenceE8, soft)
                ? inputs.warn(policy, sentence(side, limitE8, referenceE8, soft, "soft"))
                : inputs.allow(policy);
    }

    /** Exactly: limit x 10000 is past reference x (10000 ± collar). */
    private static boolean isWorse(Side side, long limitE8, long referenceE8, long collarBp) {
        BigInteger limit = product(limitE8, BASIS_POINTS);
        return side == Side.BUY
                ? limit.compareTo(product(referenceE8, BASIS_POINTS + collarBp)) > 0
                : limit.compareTo(product(referenceE8, BASIS_POINTS - collarBp)) < 0;
    }

    /** The worst limit price that the collar lets pass, scale 8, rounded towards the reference. */
    private static String bound(Side side, long referenceE8, long collarBp) {
        long factor = side == Side.BUY ? BASIS_POINTS + collarBp : BASIS_POINTS - collarBp;
        BigInteger[] bound = product(referenceE8, factor).divideAndRemainder(BigInteger.valueOf(BASIS_POINTS));
        boolean up = side == Side.SELL && bound[1].signum() > 0;
        return Scale8.text(bound[0].longValueExact() + (up ? 1 : 0));
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static String sentence(Side side, long limitE8, long referenceE8, long collarBp, String kind) {
        return "limit price " + Scale8.text(limitE8) + " is more than " + Scale8.text(collarBp * 1_000_000L) + " % "
                + (side == Side.BUY ? "above" : "below") + " the reference price " + Scale8.text(referenceE8) + " ("
                + kind + " collar)";
    }
}
