package org.hmsach.mkt.venue.internal.book;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A price-time book of one instrument. The same calls give the same events in the same order. One caller at a time.
 *
 * <p>Nothing is asked about owners: who may do what is decided before an order comes here.
 */
public final class Book {
    private final Map<Long, Level.Node> byId = new HashMap<>();
    private final Ladder bids = new Ladder(BookSide.BUY);
    private final Ladder asks = new Ladder(BookSide.SELL);
    private final BookListener listener;

    public Book(BookListener listener) {
        this.listener = listener;
    }

    /** Trades what can be traded and then does with the remainder what the order says. */
    public void place(BookOrder order) {
        if (byId.containsKey(order.id())) {
            throw new IllegalStateException("order " + order.id() + " is in the book already");
        }
        boolean allOrNothing = order.remainder() == Remainder.ALL_OR_NOTHING;
        if (allOrNothing && !side(order.side().opposite()).holds(order.quantity(), order.side(), order.limitPrice())) {
            listener.onCanceled(order.id(), order.quantity());
            return;
        }
        long open = match(order);
        if (open == 0) {
            return;
        }
        Level.Node node = new Level.Node(order.id(), order.side(), open);
        boolean rests =
                order.remainder() == Remainder.RESTS && side(order.side()).append(order.limitPrice(), node);
        if (rests) {
            byId.put(order.id(), node);
            listener.onRested(node.view());
        } else {
            listener.onCanceled(order.id(), open);
        }
    }

    /** Takes the order out; false when it is not in the book. */
    public boolean cancel(long orderId) {
        Level.Node node = byId.get(orderId);
        if (node == null) {
            return false;
        }
        drop(node);
        listener.onCanceled(orderId, node.open);
        return true;
    }

    /** Takes {@code by} off the order, which keeps its place and leaves at zero; false when it is not in the book. */
    public boolean reduce(long orderId, long by) {
        if (by <= 0) {
            throw new IllegalArgumentException("a reduction must be above zero: " + by);
        }
        Level.Node node = byId.get(orderId);
        if (node == null) {
            return false;
        }
        if (by >= node.open) {
            return cancel(orderId);
        }
        node.level.take(node, by);
        listener.onReduced(orderId, node.open);
        return true;
    }

    /**
     * Takes the order out and places its successor, which loses the place and may trade; the successor may keep the id.
     * False, and nothing happens, when the order is not in the book.
     */
    public boolean replace(long orderId, BookOrder successor) {
        Level.Node node = byId.get(orderId);
        if (node == null) {
            return false;
        }
        drop(node);
        place(successor);
        return true;
    }

    public Optional<RestingOrder> find(long orderId) {
        return Optional.ofNullable(byId.get(orderId)).map(Level.Node::view);
    }

    /** The resting orders of a side, best price first, then first come. */
    public List<RestingOrder> orders(BookSide side) {
        return side(side).orders();
    }

    /** The levels of a side, best price first. */
    public List<PriceLevel> levels(BookSide side) {
        return side(side).levels();
    }

    public int size() {
        return byId.size();
    }

    private long match(BookOrder taker) {
        Ladder makers = side(taker.side().opposite());
        long open = taker.quantity();
        while (open > 0 && !makers.isEmpty()) {
            Level best = makers.best();
            if (!taker.side().reaches(taker.limitPrice(), best.price)) {
                break;
            }
            open = matchLevel(taker, open, best);
        }
        return open;
    }

    private long matchLevel(BookOrder taker, long quantity, Level level) {
        long open = quantity;
        while (open > 0 && !level.isEmpty()) {
            Level.Node maker = level.first;
            long traded = Math.min(open, maker.open);
            level.take(maker, traded);
            open -= traded;
            if (maker.open == 0) {
                drop(maker);
            }
            listener.onTrade(new Trade(maker.id, taker.id(), taker.side(), level.price, traded));
        }
        return open;
    }

    private void drop(Level.Node node) {
        byId.remove(node.id);
        side(node.side).remove(node);
    }

    private Ladder side(BookSide side) {
        return side == BookSide.BUY ? bids : asks;
    }
}
