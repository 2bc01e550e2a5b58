package ${package};

import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Component;

/** Refuses an order of more than 100 units. Put your rule here. */
@Component
public final class Check implements OrderCheck {
    static final String RULE = "${artifactId}";
    private static final long LIMIT = 100;

    @Override
    public String rule() {
        return RULE;
    }

    /** You have 250 ms. Decide from the proposal alone: the same order gets the same verdict. */
    @Override
    public Verdict check(OrderProposal proposal) {
        long qtyE8 = proposal.request().qtyE8();
        // what you looked at is kept with the order
        Map<String, String> inputs = Map.of("qty", Scale8.text(qtyE8), "limit", Long.toString(LIMIT));
        return qtyE8 > LIMIT * Scale8.ONE
                ? Verdict.deny(RULE, "1", "quantity " + Scale8.text(qtyE8) + " is above the limit " + LIMIT, inputs)
                : Verdict.allow(RULE, "1", inputs);
    }
}
