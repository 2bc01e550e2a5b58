package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.spi.mfe.PaymentRail;
import org.hmsach.testkit.contract.PaymentRailContract;
import org.hmsach.testkit.fake.Recording;
import org.junit.jupiter.api.Test;

/** The contract's tests, and ours. */
class RailTest extends PaymentRailContract {
    @Override
    protected PaymentRail rail() {
        return new Rail();
    }

    @Test
    void wantsAnOperatorsApproval() {
        assertTrue(rail().needsApproval(transfer(Direction.INCOMING, "${artifactId}")));
    }

    @Test
    void completesATransfer() {
        Recording<String> told = new Recording<>();
        Transfer transfer = transfer(Direction.OUTGOING, "${artifactId}");
        rail().send(transfer, into(told));
        assertEquals(List.of("completed " + transfer.id()), told.await(1));
    }

    private static PaymentRail.Reports into(Recording<String> told) {
        return new PaymentRail.Reports() {
            @Override
            public void sent(UUID transfer, String detail) {
                told.add("sent " + transfer);
            }

            @Override
            public void completed(UUID transfer, String detail) {
                told.add("completed " + transfer);
            }

            @Override
            public void rejected(UUID transfer, String detail) {
                told.add("rejected " + transfer);
            }

            @Override
            public void returned(UUID transfer, String detail) {
                told.add("returned " + transfer);
            }
        };
    }
}
