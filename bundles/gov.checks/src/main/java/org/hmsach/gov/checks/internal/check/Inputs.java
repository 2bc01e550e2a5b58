package org.hmsach.gov.checks.internal.check;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.gov.checks.internal.policy.Policy;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderProposal;

/** Gathers what a check looked at, and makes the verdict that records it. */
final class Inputs {
    private static final int MAX_VALUE = 64;

    private final Map<String, String> values = new HashMap<>();

    static Inputs of(OrderProposal proposal) {
        return new Inputs()
                .with("symbol", proposal.request().symbol())
                .with("side", proposal.request().side().name().toLowerCase(Locale.ROOT))
                .with("qty", Scale8.text(proposal.request().qtyE8()));
    }

    Inputs with(String name, String value) {
        values.put(name, value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value);
        return this;
    }

    Inputs with(ReferencePrice reference) {
        return with("reference", Scale8.text(reference.priceE8()))
                .with("source", reference.source())
                .with("feed_time", Instant.ofEpochMilli(reference.feedTimeMs()).toString());
    }

    Verdict allow(Policy policy) {
        return Verdict.allow(policy.rule().id(), policy.version(), values);
    }

    /** Lets pass, with a remark for whoever reads the preview or the tape. */
    Verdict warn(Policy policy, String remark) {
        Verdict allowed = allow(policy);
        return new Verdict(allowed.rule(), true, allowed.reason(), allowed.policyVersion(), remark, allowed.inputs());
    }

    Verdict deny(Policy policy, String detail) {
        return Verdict.deny(policy.rule().id(), policy.version(), detail, values);
    }

    /** Refuses with the value that was judged and its limit, which the caller is told. */
    Verdict deny(Policy policy, String detail, String value, String limit) {
        return with("value", value).with("limit", limit).deny(policy, detail);
    }

    /** Nobody knows what the rule should judge by, so nothing passes. */
    Verdict withoutPolicy(Rule rule) {
        return Verdict.deny(
                rule.id(), "none", rule.id() + " refuses: the parameters of its active policy cannot be read", values);
    }
}
