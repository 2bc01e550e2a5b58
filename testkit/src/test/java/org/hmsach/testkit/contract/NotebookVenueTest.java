package org.hmsach.testkit.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.spi.mkt.Venue;

class NotebookVenueTest extends VenueContract {
    @Override
    protected Venue venue() {
        return new Notebook();
    }

    @Override
    protected void meet(Venue.Session session, Order resting) {
        ((Notebook.Page) session).fill(resting.id());
    }

    /** Writes down what it is asked and fills what the test tells it to. */
    private static final class Notebook implements Venue {
        @Override
        public String name() {
            return "notebook";
        }

        @Override
        public Kind kind() {
            return Kind.EXTERNAL;
        }

        @Override
        public Session open(long incarnation, List<Order> openOrders, Reports reports) {
            Page page = new Page(incarnation, reports);
            for (Order order : openOrders) {
                page.place(incarnation, order);
                if (order.state() == OrderState.PENDING_CANCEL) {
                    page.cancel(incarnation, order);
                } else if (order.state() == OrderState.PENDING_REPLACE) {
                    page.replace(incarnation, order);
                }
            }
            return page;
        }

        private record Page(long incarnation, Reports reports, Map<UUID, Long> openE8) implements Session {
            Page(long incarnation, Reports reports) {
                this(incarnation, reports, new LinkedHashMap<>());
            }

            void fill(UUID order) {
                long halfE8 = openE8.get(order) / 2;
                reports.filled(0, order, incarnation + "-1", halfE8, 100);
                reports.filled(0, order, incarnation + "-2", openE8.remove(order) - halfE8, 100);
            }

            @Override
            public void place(long cause, Order order) {
                TimeInForce life = order.request().timeInForce();
                if (life == TimeInForce.IOC || life == TimeInForce.FOK) {
                    reports.canceled(cause, order.id(), "met nothing");
                } else {
                    openE8.put(order.id(), order.openE8());
                }
            }

            @Override
            public void cancel(long cause, Order order) {
                if (take(order.id()).isPresent()) {
                    reports.canceled(cause, order.id(), "");
                } else {
                    reports.cancelRejected(cause, order.id(), "not here");
                }
            }

            @Override
            public void replace(long cause, Order order) {
                if (take(order.id()).isPresent()) {
                    openE8.put(
                            order.replacement().orElseThrow().newId(),
                            order.replacement().orElseThrow().qtyE8());
                    reports.replaced(cause, order.id());
                } else {
                    reports.replaceRejected(cause, order.id(), "not here");
                }
            }

            @Override
            public void remove(long cause, UUID order) {
                openE8.remove(order);
            }

            @Override
            public void close() {
                openE8.clear();
            }

            private Optional<Long> take(UUID order) {
                return Optional.ofNullable(openE8.remove(order));
            }
        }
    }
}
