package org.hmsach.gov.checks.internal.check;

import java.util.Locale;
import java.util.OptionalLong;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
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

/** Instrument: it must be active; quantity and limit price must be multiples of its lot and tick. */
@Component(service = OrderCheck.class)
public final class InstrumentRules implements OrderCheck {
    private final PolicySource policies;
    private final Tally tally;

    @Activate
    public InstrumentRules(@Reference PolicySource policies, @Reference Tally tally) {
        this.policies = policies;
        this.tally = tally;
    }

    @Override
    public String rule() {
        return Rule.INSTRUMENT.id();
    }

    @Override
    public Verdict check(OrderProposal proposal) {
        Inputs inputs = Inputs.of(proposal);
        return tally.count(policies.policy(Rule.INSTRUMENT)
                .map(policy -> judge(proposal, policy, inputs))
                .orElseGet(() -> inputs.withoutPolicy(Rule.INSTRUMENT)));
    }

    private static Verdict judge(OrderProposal proposal, Policy policy, Inputs inputs) {
        Instrument instrument = proposal.instrument();
        String status = instrument.status().name().toLowerCase(Locale.ROOT);
        inputs.with("status", status)
                .with("tick", Scale8.text(instrument.tickE8()))
                .with("lot", Scale8.text(instrument.lotE8()));
        if (instrument.status() != InstrumentStatus.ACTIVE) {
            return inputs.deny(policy, instrument.symbol() + " is " + status + ", only active instruments are traded");
        }
        long qtyE8 = proposal.request().qtyE8();
        if (qtyE8 % instrument.lotE8() != 0) {
            return inputs.deny(policy, notMultiple("quantity", qtyE8, "lot", instrument.lotE8()));
        }
        if (qtyE8 % Scale8.ONE != 0 && policy.text("fractional").equals("refuse")) {
            return inputs.deny(policy, "quantity " + Scale8.text(qtyE8) + " is no whole number, and parts are refused");
        }
        OptionalLong limitE8 = proposal.request().limitPriceE8();
        if (limitE8.isPresent()) {
            inputs.with("limit_price", Scale8.text(limitE8.getAsLong()));
        }
        if (limitE8.isPresent() && limitE8.getAsLong() % instrument.tickE8() != 0) {
            return inputs.deny(policy, notMultiple("limit price", limitE8.getAsLong(), "tick", instrument.tickE8()));
        }
        return inputs.allow(policy);
    }

    private static String notMultiple(String what, long valueE8, String step, long stepE8) {
        return what + " " + Scale8.text(valueE8) + " is no multiple of the " + step + " " + Scale8.text(stepE8);
    }
}
