package org.hmsach.mkt.venue.internal.paper;

import java.util.Iterator;
import java.util.TreeSet;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.spi.mkt.Quote;

/** One symbol: what the feed displays and nobody has taken yet, and the orders that wait for more. */
final class PaperBook {
    /** Receives the fills. */
    interface Fills {
        void filled(PaperOrder order, long qtyE8, long priceE8);
    }

    /** One displayed side; price 0 is no quote. */
    private static final class Displayed {
        private long priceE8;
        private long leftE8;

        private void show(long newPriceE8, long qtyE8) {
            priceE8 = newPriceE8;
            leftE8 = qtyE8;
        }

        private long takeableBy(PaperOrder order) {
            return priceE8 > 0 && order.reaches(priceE8) ? leftE8 : 0;
        }
    }

    private final Displayed bid = new Displayed();
    private final Displayed ask = new Displayed();
    private final TreeSet<PaperOrder> buys = new TreeSet<>(PaperOrder.PRIORITY);
    private final TreeSet<PaperOrder> sells = new TreeSet<>(PaperOrder.PRIORITY);
    private final Fills fills;

    PaperBook(Fills fills) {
        this.fills = fills;
    }

    boolean knowsQuote() {
        return bid.priceE8 > 0 || ask.priceE8 > 0;
    }

    void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
        if (bidUpdated) {
            bid.show(quote.bidE8(), quote.bidQtyE8());
            fillWaiting(sells, bid);
        }
        if (askUpdated) {
            ask.show(quote.askE8(), quote.askQtyE8());
            fillWaiting(buys, ask);
        }
    }

    /** Fills what is displayed, at the quote; true when the rest waits or nothing is left. */
    boolean enter(PaperOrder order) {
        Displayed opposite = opposite(order);
        long takeable = Math.min(opposite.takeableBy(order), order.openE8);
        if (order.timeInForce == TimeInForce.FOK && takeable < order.openE8) {
            return false;
        }
        if (takeable > 0) {
            fill(order, opposite, takeable, opposite.priceE8);
        }
        if (order.openE8 > 0 && order.mayWait()) {
            waiting(order).add(order);
        }
        return order.openE8 == 0 || order.mayWait();
    }

    /** Lets an order wait without asking what is displayed: a reduced one keeps its place. */
    void keep(PaperOrder order) {
        waiting(order).add(order);
    }

    void takeOut(PaperOrder order) {
        waiting(order).remove(order);
    }

    private void fillWaiting(TreeSet<PaperOrder> waiting, Displayed opposite) {
        Iterator<PaperOrder> orders = waiting.iterator();
        while (orders.hasNext() && opposite.leftE8 > 0) {
            PaperOrder order = orders.next();
            long takeable = Math.min(opposite.takeableBy(order), order.openE8);
            if (takeable == 0) {
                return;
            }
            fill(order, opposite, takeable, order.limitE8.orElse(opposite.priceE8));
            if (order.openE8 == 0) {
                orders.remove();
            }
        }
    }

    private void fill(PaperOrder order, Displayed opposite, long qtyE8, long priceE8) {
        opposite.leftE8 -= qtyE8;
        order.openE8 -= qtyE8;
        fills.filled(order, qtyE8, priceE8);
    }

    private Displayed opposite(PaperOrder order) {
        return order.side == Side.BUY ? ask : bid;
    }

    private TreeSet<PaperOrder> waiting(PaperOrder order) {
        return order.side == Side.BUY ? buys : sells;
    }
}
