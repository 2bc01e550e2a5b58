package com.acme.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.spi.mkt.Venue;

/**
 * The broker's side. In a real module this is a line to another house; here it is a price for each symbol, at which
 * everything trades that is good enough, at most 100 shares an execution.
 */
final class Floor {
    private static final long MOST_E8 = 100_00000000L;
    private static final int MOST_FILLS = 1_000;

    /** What the broker remembers of an order. */
    private static final class Ticket {
        private final Order order;
        private final long limitE8;
        private final long totalE8;
        private long openE8;

        Ticket(Order order, long openE8, long limitE8) {
            this.order = order;
            this.totalE8 = openE8;
            this.openE8 = openE8;
            this.limitE8 = limitE8;
        }

        boolean trades(long priceE8) {
            boolean market = order.request().type() == OrderType.MARKET;
            return market || (order.request().side() == Side.BUY ? limitE8 >= priceE8 : limitE8 <= priceE8);
        }
    }

    /** One execution, told again to whoever listens next. */
    private record Fill(UUID order, String execId, long qtyE8, long priceE8) {}

    private final Map<String, Long> pricesE8;
    private final Map<UUID, Ticket> tickets = new LinkedHashMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private Optional<Listener> listener = Optional.empty();

    Floor(Map<String, Long> pricesE8) {
        this.pricesE8 = new HashMap<>(pricesE8);
    }

    /** The market moves. */
    synchronized void price(String symbol, long priceE8) {
        pricesE8.put(symbol, priceE8);
        List.copyOf(tickets.keySet()).forEach(id -> trade(0, id));
    }

    synchronized Venue.Session listen(long incarnation, List<Order> openOrders, Venue.Reports reports) {
        Listener now = new Listener(reports);
        listener = Optional.of(now);
        fills.forEach(fill -> tell(0, fill));
        for (Order order : openOrders) {
            boolean known = tickets.containsKey(order.id())
                    || fills.stream().anyMatch(fill -> fill.order().equals(order.id()));
            if (!known) {
                tickets.put(order.id(), ticket(order));
            }
            if (order.state() == OrderState.PENDING_CANCEL) {
                now.cancel(incarnation, order);
            } else if (order.state() == OrderState.PENDING_REPLACE) {
                now.replace(incarnation, order);
            } else if (!known) {
                begin(incarnation, order);
            }
        }
        return now;
    }

    private static Ticket ticket(Order order) {
        return new Ticket(order, order.openE8(), order.request().limitPriceE8().orElse(0));
    }

    /** Tries it, and ends what does not rest. */
    private void begin(long cause, Order order) {
        if (!pricesE8.containsKey(order.request().symbol())) {
            tickets.remove(order.id());
            listener.ifPresent(l -> l.reports.rejected(cause, order.id(), "acme does not trade "
                    + order.request().symbol()));
            return;
        }
        trade(cause, order.id());
        TimeInForce life = order.request().timeInForce();
        boolean immediate = life == TimeInForce.IOC || life == TimeInForce.FOK;
        if (immediate && tickets.remove(order.id()) != null) {
            listener.ifPresent(l -> l.reports.canceled(cause, order.id(), "not at this price"));
        }
    }

    private void trade(long cause, UUID id) {
        Ticket ticket = tickets.get(id);
        long priceE8 = pricesE8.getOrDefault(ticket.order.request().symbol(), 0L);
        while (priceE8 > 0 && ticket.openE8 > 0 && ticket.trades(priceE8)) {
            long qtyE8 = Math.min(MOST_E8, ticket.openE8);
            ticket.openE8 -= qtyE8;
            // unique for ever: the core takes an execution of an EXTERNAL venue once, whatever was restarted
            Fill fill = new Fill(id, id + "-" + ticket.openE8, qtyE8, priceE8);
            fills.add(fill);
            if (fills.size() > MOST_FILLS) {
                fills.remove(0);
            }
            tell(cause, fill);
        }
        if (ticket.openE8 == 0) {
            tickets.remove(id);
        }
    }

    private void tell(long cause, Fill fill) {
        listener.ifPresent(l -> l.reports.filled(cause, fill.order(), fill.execId(), fill.qtyE8(), fill.priceE8()));
    }

    /** What mfe.exec talks to. Under the floor's lock, so that nothing is told after the close. */
    private final class Listener implements Venue.Session {
        private final Venue.Reports reports;

        Listener(Venue.Reports reports) {
            this.reports = reports;
        }

        @Override
        public void place(long cause, Order order) {
            synchronized (Floor.this) {
                tickets.put(order.id(), ticket(order));
                begin(cause, order);
            }
        }

        @Override
        public void cancel(long cause, Order order) {
            synchronized (Floor.this) {
                if (tickets.remove(order.id()) == null) {
                    reports.cancelRejected(cause, order.id(), "not on the floor any more");
                } else {
                    reports.canceled(cause, order.id(), "");
                }
            }
        }

        @Override
        public void replace(long cause, Order order) {
            synchronized (Floor.this) {
                Ticket old = tickets.remove(order.id());
                if (old == null) {
                    reports.replaceRejected(cause, order.id(), "not on the floor any more");
                    return;
                }
                Replacement terms = order.replacement().orElseThrow();
                long limitE8 = terms.limitPriceE8().orElse(old.limitE8);
                // the new total includes what the old order has filled
                long openE8 = terms.qtyE8() - (old.totalE8 - old.openE8);
                if (openE8 <= 0) {
                    tickets.put(order.id(), old);
                    reports.replaceRejected(cause, order.id(), "the new quantity is filled already");
                    return;
                }
                tickets.put(terms.newId(), new Ticket(old.order, openE8, limitE8));
                reports.replaced(cause, order.id());
                trade(cause, terms.newId());
            }
        }

        @Override
        public void remove(long cause, UUID order) {
            synchronized (Floor.this) {
                tickets.remove(order);
            }
        }

        @Override
        public void close() {
            synchronized (Floor.this) {
                listener = listener.filter(now -> now != this);
            }
        }
    }
}
