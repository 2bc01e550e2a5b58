package org.hmsach.testkit.contract;

import java.math.RoundingMode;
import java.util.List;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;

class OnePercentScheduleTest extends FeeScheduleContract {
    @Override
    protected FeeSchedule schedule() {
        return new FeeSchedule() {
            @Override
            public String version() {
                return "one-percent";
            }

            @Override
            public List<Fee> fees(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
                long minor = Scale8.cashMinor(priceE8 / 100, qtyE8, currency.digits(), RoundingMode.DOWN);
                return minor == 0 ? List.of() : List.of(new Fee("commission", minor));
            }

            @Override
            public long estimateMinor(Side side, String symbol, long qtyE8, long priceE8, Currency currency) {
                return Scale8.cashMinor(priceE8 / 100, qtyE8, currency.digits(), RoundingMode.UP);
            }
        };
    }
}
