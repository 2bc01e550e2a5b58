package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Side;

/** An account of the twin: balances and positions. What is reserved or held is added up by whoever asks. */
final class TwinAccount {
    /** An order that the rate and duplicate limits see. */
    record Recent(long timeMs, String symbol, Side side, long qtyE8, long priceE8) {}

    /** What is held of one instrument. */
    static final class Holding {
        final String symbol;
        BigDecimal qty = BigDecimal.ZERO;
        BigDecimal settledQty = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal realised = BigDecimal.ZERO;

        Holding(String symbol) {
            this.symbol = symbol;
        }
    }

    final UUID id;
    final Currency currency;
    final long createdMs;
    final List<Holding> holdings = new ArrayList<>();
    final List<Recent> recent = new ArrayList<>();
    BigDecimal settled = BigDecimal.ZERO;
    BigDecimal unsettled = BigDecimal.ZERO;
    BigDecimal lastDayEquity = BigDecimal.ZERO;

    TwinAccount(UUID id, Currency currency, long createdMs) {
        this.id = id;
        this.currency = currency;
        this.createdMs = createdMs;
    }

    int digits() {
        return currency.digits();
    }

    Holding holding(String symbol) {
        for (Holding h : holdings) {
            if (h.symbol.equals(symbol)) {
                return h;
            }
        }
        Holding fresh = new Holding(symbol);
        holdings.add(fresh);
        return fresh;
    }

    void buy(String symbol, BigDecimal qty, BigDecimal cash) {
        Holding h = holding(symbol);
        unsettled = unsettled.subtract(cash);
        h.qty = h.qty.add(qty);
        h.cost = h.cost.add(cash);
    }

    /**
     * Takes out the sold quantity's share of the total cost; the difference to the proceeds is realised.
     *
     * @param uncounted quantity that is held and that the share does not see
     */
    void sell(String symbol, BigDecimal qty, BigDecimal cash, BigDecimal uncounted) {
        Holding h = holding(symbol);
        BigDecimal out = h.cost.multiply(qty).divide(h.qty.subtract(uncounted), digits(), RoundingMode.HALF_EVEN);
        unsettled = unsettled.add(cash);
        h.qty = h.qty.subtract(qty);
        h.cost = h.cost.subtract(out);
        h.realised = h.realised.add(cash).subtract(out);
    }
}
