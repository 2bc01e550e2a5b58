package org.hmsach.gov.checks.internal.check;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Policy;
import org.hmsach.gov.checks.internal.policy.PolicySource;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Size of one order, by quantity and by price x quantity at its limit price or else at the reference price. */
@Component(service = OrderCheck.class)
public final class FatFinger implements OrderCheck {
    private final PolicySource policies;
    private final Tally tally;

    @Activate
    public FatFinger(@Reference PolicySource policies, @Reference Tally tally) {
        this.policies = policies;
        this.tally = tally;
    }

    @Override
    public String rule() {
        return Rule.FAT_FINGER.id();
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        Inputs inputs = Inputs.of(proposal);
        return tally.count(policies.policy(Rule.FAT_FINGER)
                .map(policy -> judge(proposal, policy, inputs))
                .orElseGet(() -> inputs.withoutPolicy(Rule.FAT_FINGER)));
    }

    private static Verdict judge(OrderProposal proposal, Policy policy, Inputs inputs) {
        long maxQty = policy.number("max_qty");
        long maxNotional = policy.number("max_notional");
        inputs.with("max_qty", Long.toString(maxQty)).with("max_notional", Long.toString(maxNotional));
        BigDecimal qty = Scale8.toDecimal(proposal.request().qtyE8());
        if (qty.compareTo(BigDecimal.valueOf(maxQty)) > 0) {
            String detail = "quantity " + text(qty) + " is above the limit " + maxQty;
            return inputs.deny(policy, detail, text(qty), Long.toString(maxQty));
        }
        OptionalLong priceE8 = priceE8(proposal);
        if (priceE8.isEmpty()) {
            return inputs.deny(
                    policy,
                    "the size cannot be judged: no price of "
                            + proposal.request().symbol() + " is known");
        }
        BigDecimal notional = Scale8.toDecimal(priceE8.getAsLong()).multiply(qty);
        inputs.with("price", Scale8.text(priceE8.getAsLong())).with("notional", text(notional));
        if (notional.compareTo(BigDecimal.valueOf(maxNotional)) <= 0) {
            return inputs.allow(policy);
        }
        String detail = "price x quantity " + text(notional) + " is above the limit " + maxNotional;
        return inputs.deny(policy, detail, text(notional), Long.toString(maxNotional));
    }

    private static OptionalLong priceE8(OrderProposal proposal) {
        if (proposal.request().limitPriceE8().isPresent()) {
            return proposal.request().limitPriceE8();
        }
        return proposal.reference().isPresent()
                ? OptionalLong.of(proposal.reference().get().priceE8())
                : OptionalLong.empty();
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
