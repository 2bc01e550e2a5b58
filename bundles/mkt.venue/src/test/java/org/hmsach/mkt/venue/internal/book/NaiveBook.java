package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The oracle: one list in order of arrival, searched from end to end for everything. */
final class NaiveBook {
    /** An order as it comes. */
    record NaiveOrder(long id, BookSide side, long limitPrice, long quantity, Remainder remainder) {}

    private final List<RestingOrder> arrival = new ArrayList<>();
    private final BookListener listener;

    NaiveBook(BookListener listener) {
        this.listener = listener;
    }

    void place(NaiveOrder order) {
        long reachable = orders(order.side().opposite()).stream()
                .filter(o -> order.side().reaches(order.limitPrice(), o.price()))
                .mapToLong(RestingOrder::quantity)
                .sum();
        if (order.remainder() == Remainder.ALL_OR_NOTHING && reachable < order.quantity()) {
            listener.onCanceled(order.id(), order.quantity());
            return;
        }
        long open = order.quantity();
        for (RestingOrder maker : orders(order.side().opposite())) {
            if (open > 0 && order.side().reaches(order.limitPrice(), maker.price())) {
                long traded = Math.min(open, maker.quantity());
                open -= traded;
                setQuantity(maker, maker.quantity() - traded);
                listener.onTrade(maker.id(), order.id(), maker.price(), traded);
            }
        }
        if (open > 0 && order.remainder() == Remainder.RESTS) {
            RestingOrder resting = new RestingOrder(order.id(), order.side(), order.limitPrice(), open);
            arrival.add(resting);
            listener.onRested(order.id(), order.side(), order.limitPrice(), open);
        } else if (open > 0) {
            listener.onCanceled(order.id(), open);
        }
    }

    void cancel(long id) {
        List<RestingOrder> found = byId(id);
        arrival.removeAll(found);
        found.forEach(o -> listener.onCanceled(id, o.quantity()));
    }

    void reduce(long id, long by) {
        for (RestingOrder order : byId(id)) {
            if (by >= order.quantity()) {
                cancel(id);
            } else {
                setQuantity(order, order.quantity() - by);
                listener.onReduced(id, order.quantity() - by);
            }
        }
    }

    void replace(long id, long limitPrice, long quantity, Remainder remainder) {
        for (RestingOrder order : byId(id)) {
            arrival.remove(order);
            place(new NaiveOrder(id, order.side(), limitPrice, quantity, remainder));
        }
    }

    List<RestingOrder> orders(BookSide side) {
        Comparator<RestingOrder> byPrice = Comparator.comparingLong(RestingOrder::price);
        return arrival.stream()
                .filter(o -> o.side() == side)
                .sorted(side == BookSide.BUY ? byPrice.reversed() : byPrice)
                .toList();
    }

    private List<RestingOrder> byId(long id) {
        return arrival.stream().filter(o -> o.id() == id).toList();
    }

    private void setQuantity(RestingOrder order, long quantity) {
        int at = arrival.indexOf(order);
        if (quantity == 0) {
            arrival.remove(at);
        } else {
            arrival.set(at, new RestingOrder(order.id(), order.side(), order.price(), quantity));
        }
    }
}
