package org.hmsach.testkit.contract;

import org.hmsach.api.transfer.Transfer;
import org.hmsach.spi.mfe.PaymentRail;

class InstantRailTest extends PaymentRailContract {
    @Override
    protected PaymentRail rail() {
        return new PaymentRail() {
            @Override
            public String name() {
                return "instant";
            }

            @Override
            public boolean needsApproval(Transfer transfer) {
                return false;
            }

            @Override
            public void send(Transfer transfer, Reports reports) {
                reports.completed(transfer.id(), "at once");
            }
        };
    }
}
