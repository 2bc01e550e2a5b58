package org.hmsach.mkt.venue.internal.paper;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;

/** An order as the paper venue keeps it: what is left of it, and since when it waits. */
final class PaperOrder {
    /** Market orders first, then the better limit, then first come. Both orders are of one side. */
    static final Comparator<PaperOrder> PRIORITY =
            Comparator.comparingLong(PaperOrder::distance).thenComparingLong(o -> o.arrival);

    final String symbol;
    final Side side;
    final UUID id;
    final TimeInForce timeInForce;
    final OptionalLong limitE8;
    final long totalE8;
    final long arrival;
    /** The entry that its next fill answers to. */
    final long cause;

    long openE8;

    PaperOrder(long cause, Order order, long arrival) {
        this.cause = cause;
        this.symbol = order.request().symbol();
        this.side = order.request().side();
        this.id = order.id();
        this.timeInForce = order.request().timeInForce();
        this.limitE8 = order.request().limitPriceE8();
        this.totalE8 = order.request().qtyE8();
        this.openE8 = order.openE8();
        this.arrival = arrival;
    }

    private PaperOrder(long cause, PaperOrder old, Replacement terms, long arrival) {
        this.cause = cause;
        this.symbol = old.symbol;
        this.side = old.side;
        this.id = terms.newId();
        this.timeInForce = terms.timeInForce();
        this.limitE8 = terms.limitPriceE8();
        this.totalE8 = terms.qtyE8() - old.filledE8();
        this.openE8 = totalE8;
        this.arrival = arrival;
    }

    /** The order that replaces this one; its quantity is what the new total leaves open. */
    PaperOrder replacedBy(long cause, Replacement terms, long newArrival) {
        boolean reduced = limitE8.equals(terms.limitPriceE8()) && terms.qtyE8() <= totalE8;
        return new PaperOrder(cause, this, terms, reduced ? arrival : newArrival);
    }

    long filledE8() {
        return totalE8 - openE8;
    }

    boolean mayWait() {
        return timeInForce == TimeInForce.DAY || timeInForce == TimeInForce.GTC;
    }

    boolean reaches(long priceE8) {
        return limitE8.isEmpty()
                || (side == Side.BUY ? limitE8.getAsLong() >= priceE8 : limitE8.getAsLong() <= priceE8);
    }

    private long distance() {
        if (limitE8.isEmpty()) {
            return Long.MIN_VALUE;
        }
        return side == Side.BUY ? -limitE8.getAsLong() : limitE8.getAsLong();
    }
}
