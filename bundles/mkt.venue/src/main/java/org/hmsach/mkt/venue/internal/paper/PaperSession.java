package org.hmsach.mkt.venue.internal.paper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Venue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session: orders come from one thread, quotes from another, so everything happens under one lock. */
final class PaperSession implements Venue.Session, MarketListener {
    private static final Logger LOG = LoggerFactory.getLogger(PaperSession.class);

    private final MarketData data;
    private final String execPrefix;
    private final Venue.Reports reports;
    private final Map<String, PaperBook> books = new HashMap<>();
    private final Map<UUID, PaperOrder> waiting = new HashMap<>();
    private final RecentFills recent = new RecentFills(System::nanoTime);
    /** What the session before this one left of the orders it touched last. */
    private final Map<UUID, Long> leftE8;

    private final AutoCloseable subscription;
    private long arrivals;
    private long lastExec;
    private boolean closed;

    PaperSession(MarketData data, String execPrefix, Venue.Reports reports, Map<UUID, Long> leftE8) {
        this.data = data;
        this.execPrefix = execPrefix;
        this.reports = reports;
        this.leftE8 = leftE8;
        this.subscription = data.subscribe(this);
    }

    /** Orders that wait for their cancel never enter; the others do by priority, and are replaced only then. */
    void resume(long incarnation, List<Order> openOrders) {
        List<Order> live = openOrders.stream().filter(o -> !isOver(o.id())).toList();
        for (Order order : live) {
            if (order.state() == OrderState.PENDING_CANCEL) {
                reports.canceled(incarnation, order.id(), "canceled on request");
            } else {
                place(incarnation, order);
            }
        }
        live.stream().filter(o -> o.state() == OrderState.PENDING_REPLACE).forEach(o -> replace(incarnation, o));
    }

    @Override
    public void place(long cause, Order order) {
        // asked outside the lock: the feed may hold its own while it tells us a quote
        Optional<Quote> known = data.quote(order.request().symbol());
        synchronized (this) {
            if (!closed && !waiting.containsKey(order.id())) {
                PaperOrder placed = new PaperOrder(cause, order, ++arrivals);
                bookOf(placed.symbol, known);
                enter(placed);
            }
        }
    }

    @Override
    public synchronized void cancel(long cause, Order order) {
        if (closed) {
            return;
        }
        PaperOrder found = takeOut(order.id());
        if (found == null) {
            reports.cancelRejected(cause, order.id(), "the order does not wait here");
        } else {
            reports.canceled(cause, order.id(), "canceled on request");
        }
    }

    @Override
    public synchronized void replace(long cause, Order order) {
        if (closed) {
            return;
        }
        PaperOrder old = waiting.get(order.id());
        if (old == null || order.replacement().isEmpty()) {
            reports.replaceRejected(cause, order.id(), "the order does not wait here");
            return;
        }
        Replacement terms = order.replacement().get();
        if (terms.qtyE8() <= old.filledE8()) {
            reports.replaceRejected(cause, order.id(), "the new quantity is filled already");
            return;
        }
        takeOut(old.id);
        reports.replaced(cause, old.id);
        PaperOrder successor = old.replacedBy(cause, terms, ++arrivals);
        if (successor.arrival == old.arrival && successor.mayWait()) {
            waiting.put(successor.id, successor);
            books.get(successor.symbol).keep(successor);
        } else {
            enter(successor);
        }
    }

    @Override
    public synchronized void remove(long cause, UUID order) {
        takeOut(order);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            subscription.close();
        } catch (Exception e) { // the feed's own code: whatever it throws, this session is over
            LOG.warn("the subscription of quotes did not close", e);
        }
    }

    /** Ends the session for the next one; gives what is left of the orders whose reports may be under way. */
    Map<UUID, Long> end() {
        close();
        synchronized (this) {
            return recent.fresh();
        }
    }

    @Override
    public synchronized void onQuote(Quote quote, boolean bidUpdated, boolean askUpdated) {
        if (!closed) {
            books.computeIfAbsent(quote.symbol(), s -> new PaperBook(this::filled))
                    .quote(quote, bidUpdated, askUpdated);
        }
    }

    /** Whether an earlier session ended it just now; its report is on its way. */
    private boolean isOver(UUID order) {
        return leftE8.getOrDefault(order, 1L) == 0;
    }

    private void enter(PaperOrder order) {
        order.openE8 = Math.min(order.openE8, leftE8.getOrDefault(order.id, order.openE8));
        waiting.put(order.id, order);
        if (!books.get(order.symbol).enter(order)) {
            waiting.remove(order.id);
            recent.left(order.id, 0);
            reports.canceled(order.cause, order.id, "the displayed quantity was not enough");
        }
    }

    private void filled(PaperOrder order, long qtyE8, long priceE8) {
        if (order.openE8 == 0) {
            waiting.remove(order.id);
        }
        recent.left(order.id, order.openE8);
        reports.filled(order.cause, order.id, execPrefix + ++lastExec, qtyE8, priceE8);
    }

    private PaperOrder takeOut(UUID id) {
        PaperOrder order = waiting.remove(id);
        if (order != null) {
            recent.left(id, 0);
            books.get(order.symbol).takeOut(order);
        }
        return order;
    }

    private void bookOf(String symbol, Optional<Quote> known) {
        PaperBook book = books.computeIfAbsent(symbol, s -> new PaperBook(this::filled));
        if (!book.knowsQuote()) {
            known.ifPresent(q -> book.quote(q, true, true));
        }
    }
}
