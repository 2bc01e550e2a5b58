package org.hmsach.gov.checks.internal.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.gov.checks.internal.policy.Policy;
import org.hmsach.gov.checks.internal.policy.PolicySource;
import org.hmsach.gov.checks.internal.policy.Rule;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.FakeMarketClock;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.Samples;

/** Policies, clocks and proposals for the checks' tests. */
final class Fixtures {
    private Fixtures() {}

    static PolicySource policy(Rule rule, String... namesAndValues) {
        Map<String, String> parameters = new HashMap<>(rule.standards());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        Policy policy = Policy.of(rule, "entry-7", parameters);
        return asked -> asked == rule ? Optional.of(policy) : Optional.empty();
    }

    static PolicySource unreadable() {
        return rule -> Optional.empty();
    }

    static MarketTimes at(FakeMarketClock clock) {
        return new MarketTimes(new FakePlugIns(), clock);
    }

    static OrderProposal at(String reference, OrderRequest request) {
        return Samples.proposal(request, Optional.of(Samples.price(reference)));
    }

    static OrderProposal withoutReference(OrderRequest request) {
        return Samples.proposal(request, Optional.empty());
    }

    static OrderProposal of(Instrument instrument, OrderRequest request) {
        OrderProposal p = at("100", request);
        return new OrderProposal(
                request, p.principal(), p.account(), instrument, p.reference(), p.replaces(), p.businessDate(), false);
    }

    static Instrument instrument(String tick, String lot, InstrumentStatus status) {
        return new Instrument("IBM", Currency.USD, Scale8.parse(tick), Scale8.parse(lot), status, "paper");
    }
}
