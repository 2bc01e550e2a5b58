package org.hmsach.mkt.venue.internal.book;

import java.util.List;
import java.util.Optional;

/**
 * A price-time book of one instrument. The same calls give the same events in the same order. One caller at a time.
 *
 * <p>Nothing is asked about owners: who may do what is decided before an order comes here. Prices and quantities are
 * in any exact unit (ticks and lots, or scale 8), as long as one book uses one. Nothing is allocated on the way of an
 * order but what makes the arrays larger.
 */
public final class Book {
    private static final int NONE = Slots.NONE;

    private final Slots slots = new Slots();
    private final OrderIndex index = new OrderIndex(slots);
    private final Ladder bids = new Ladder(BookSide.BUY, slots);
    private final Ladder asks = new Ladder(BookSide.SELL, slots);
    private final BookListener listener;

    public Book(BookListener listener) {
        this.listener = listener;
    }

    /**
     * Trades what can be traded and then does with the remainder what is asked.
     *
     * @param id         unique among the orders in the book
     * @param limitPrice {@link BookSide#anyPrice} for an order without a limit, which cannot rest
     * @param quantity   above zero
     */
    public void place(long id, BookSide side, long limitPrice, long quantity, Remainder remainder) {
        requireValid(side, limitPrice, quantity, remainder);
        if (index.find(id) != NONE) {
            throw new IllegalStateException("order " + id + " is in the book already");
        }
        long open = trade(id, side, limitPrice, quantity, remainder);
        if (open == 0) {
            return;
        }
        int order = remainder == Remainder.RESTS ? slots.add(id, open) : NONE;
        if (order != NONE && side(side).append(order, limitPrice)) {
            index.add(order);
            listener.onRested(id, side, limitPrice, open);
            return;
        }
        if (order != NONE) {
            slots.free(order);
        }
        listener.onCanceled(id, open);
    }

    /** Takes the order out; false when it is not in the book. */
    public boolean cancel(long orderId) {
        int order = index.find(orderId);
        if (order == NONE) {
            return false;
        }
        long open = slots.quantity(order);
        drop(side(slots.side(order)), order);
        listener.onCanceled(orderId, open);
        return true;
    }

    /** Takes {@code by} off the order, which keeps its place and leaves at zero; false when it is not in the book. */
    public boolean reduce(long orderId, long by) {
        if (by <= 0) {
            throw new IllegalArgumentException("a reduction must be above zero: " + by);
        }
        int order = index.find(orderId);
        if (order == NONE) {
            return false;
        }
        if (by >= slots.quantity(order)) {
            return cancel(orderId);
        }
        side(slots.side(order)).take(order, by);
        listener.onReduced(orderId, slots.quantity(order));
        return true;
    }

    /**
     * Takes the order out and places it anew, under its id and on its side; it loses its place and may trade. False,
     * and nothing happens, when the order is not in the book.
     */
    public boolean replace(long orderId, long limitPrice, long quantity, Remainder remainder) {
        int order = index.find(orderId);
        if (order == NONE) {
            return false;
        }
        BookSide side = slots.side(order);
        requireValid(side, limitPrice, quantity, remainder);
        side(side).remove(order);
        long open = trade(orderId, side, limitPrice, quantity, remainder);
        slots.setQuantity(order, open);
        if (open > 0 && remainder == Remainder.RESTS && side(side).append(order, limitPrice)) {
            listener.onRested(orderId, side, limitPrice, open);
            return true;
        }
        index.remove(order);
        slots.free(order);
        if (open > 0) {
            listener.onCanceled(orderId, open);
        }
        return true;
    }

    /** What is open of the order: zero when it is not in the book. */
    public long open(long orderId) {
        int order = index.find(orderId);
        return order == NONE ? 0 : slots.quantity(order);
    }

    public Optional<RestingOrder> find(long orderId) {
        int order = index.find(orderId);
        return order == NONE
                ? Optional.empty()
                : Optional.of(side(slots.side(order)).view(order));
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
        return index.size();
    }

    private static void requireValid(BookSide side, long limitPrice, long quantity, Remainder remainder) {
        if (quantity <= 0) {
            throw new IllegalArgumentException("quantity must be above zero: " + quantity);
        }
        if (remainder == Remainder.RESTS && limitPrice == side.anyPrice()) {
            throw new IllegalArgumentException("an order without a limit cannot rest");
        }
    }

    /** What is left open after trading; all of it when it cannot trade whole and must. */
    private long trade(long id, BookSide side, long limitPrice, long quantity, Remainder remainder) {
        Ladder makers = side(side.opposite());
        if (remainder == Remainder.ALL_OR_NOTHING && !makers.holds(quantity, limitPrice)) {
            return quantity;
        }
        long open = quantity;
        for (int level = makers.best(); level != NONE && open > 0; level = makers.best()) {
            long price = slots.name(level);
            if (!side.reaches(limitPrice, price)) {
                break;
            }
            int maker = slots.next(level);
            long makerId = slots.name(maker);
            long traded = Math.min(open, slots.quantity(maker));
            open -= traded;
            makers.take(maker, traded);
            if (slots.quantity(maker) == 0) {
                drop(makers, maker);
            }
            listener.onTrade(makerId, id, price, traded);
        }
        return open;
    }

    private void drop(Ladder side, int order) {
        index.remove(order);
        side.remove(order);
        slots.free(order);
    }

    private Ladder side(BookSide side) {
        return side == BookSide.BUY ? bids : asks;
    }
}
