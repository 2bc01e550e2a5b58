package ${package};

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.testkit.contract.OrderCheckContract;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** The contract's tests, and ours. */
class CheckTest extends OrderCheckContract {
    @Override
    protected OrderCheck check() {
        return new Check();
    }

    @Test
    void allowsAnOrderAtTheLimit() {
        assertTrue(verdict("100").allowed());
    }

    @Test
    void refusesAnOrderAboveTheLimit() {
        assertFalse(verdict("101").allowed());
    }

    private static Verdict verdict(String qty) {
        return new Check().check(Samples.proposal(Samples.market(Side.BUY, "IBM", qty), Optional.empty()));
    }
}
