package com.acme.maxshares;

import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.testkit.contract.OrderCheckContract;

/** What the platform relies on, as published with the testkit. */
class MaxSharesContractTest extends OrderCheckContract {
    @Override
    protected OrderCheck check() {
        return new MaxShares(100);
    }
}
