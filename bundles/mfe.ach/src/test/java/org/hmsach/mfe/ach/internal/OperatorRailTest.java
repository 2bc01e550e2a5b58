package org.hmsach.mfe.ach.internal;

import org.hmsach.spi.mfe.PaymentRail;
import org.hmsach.testkit.contract.PaymentRailContract;

class OperatorRailTest extends PaymentRailContract {
    @Override
    protected PaymentRail rail() {
        return new OperatorRail();
    }
}
