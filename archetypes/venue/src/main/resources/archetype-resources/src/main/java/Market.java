package ${package};

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Component;

/**
 * Trades IBM at 305.00 and keeps orders that ask for better. Put your broker here.
 *
 * <p>It gets the orders of instruments whose venue is {@code ${artifactId}}.
 */
@Component(property = "name=${artifactId}")
public final class Market implements Venue {
    private static final String SYMBOL = "IBM";
    private static final long PRICE_E8 = 305 * Scale8.ONE;

    @Override
    public String name() {
        return "${artifactId}";
    }

    /** What is executed at an EXTERNAL venue is a fact: its execution ids are unique for ever. */
    @Override
    public Kind kind() {
        return Kind.EXTERNAL;
    }

    /** Called at the start, after each failure and for each new version of this bundle, with all open orders. */
    @Override
    public Session open(long incarnation, List<Order> openOrders, Reports reports) {
        Book book = new Book(reports);
        for (Order order : openOrders) {
            book.place(incarnation, order);
            if (order.state() == OrderState.PENDING_CANCEL) {
                book.cancel(incarnation, order);
            } else if (order.state() == OrderState.PENDING_REPLACE) {
                book.replace(incarnation, order);
            }
        }
        return book;
    }

    /** One session. All calls come from one thread and return quickly; reports may come later, from any thread. */
    static final class Book implements Session {
        private record Resting(Side side, OptionalLong limitE8, long openE8) {
            boolean takes(long priceE8) {
                return limitE8.isEmpty()
                        || (side == Side.BUY ? priceE8 <= limitE8.getAsLong() : priceE8 >= limitE8.getAsLong());
            }
        }

        private final Reports reports;
        private final Map<UUID, Resting> resting = new LinkedHashMap<>();
        private long priceE8 = PRICE_E8;

        Book(Reports reports) {
            this.reports = reports;
        }

        /** The price moves: orders that it suits are executed. A cause of 0 is an order's latest. */
        void price(long newE8) {
            priceE8 = newE8;
            List.copyOf(resting.keySet()).forEach(id -> execute(0, id));
        }

        @Override
        public void place(long cause, Order order) {
            if (!order.request().symbol().equals(SYMBOL)) {
                reports.rejected(cause, order.id(), "${artifactId} trades " + SYMBOL + " only");
                return;
            }
            resting.put(
                    order.id(),
                    new Resting(order.request().side(), order.request().limitPriceE8(), order.openE8()));
            execute(cause, order.id());
            TimeInForce life = order.request().timeInForce();
            boolean immediate = life == TimeInForce.IOC || life == TimeInForce.FOK;
            if (immediate && resting.remove(order.id()) != null) {
                reports.canceled(cause, order.id(), "the price is " + Scale8.text(priceE8));
            }
        }

        @Override
        public void cancel(long cause, Order order) {
            if (resting.remove(order.id()) == null) {
                reports.cancelRejected(cause, order.id(), "it does not rest here");
            } else {
                reports.canceled(cause, order.id(), "as asked");
            }
        }

        @Override
        public void replace(long cause, Order order) {
            Resting old = resting.remove(order.id());
            if (old == null) {
                reports.replaceRejected(cause, order.id(), "it does not rest here");
                return;
            }
            Replacement terms = order.replacement().orElseThrow();
            resting.put(
                    terms.newId(),
                    new Resting(old.side(), terms.limitPriceE8(), terms.qtyE8() - order.filledE8()));
            reports.replaced(cause, order.id());
            execute(cause, terms.newId());
        }

        /** The platform ended the order: take it out, no answer. */
        @Override
        public void remove(long cause, UUID order) {
            resting.remove(order);
        }

        /** Nothing is reported after this returns. */
        @Override
        public void close() {
            resting.clear();
        }

        /** Whole orders at once, so that one execution id an order is enough. */
        private void execute(long cause, UUID id) {
            Resting order = resting.get(id);
            if (order.takes(priceE8)) {
                resting.remove(id);
                reports.filled(cause, id, id + "-1", order.openE8(), priceE8);
            }
        }
    }
}
