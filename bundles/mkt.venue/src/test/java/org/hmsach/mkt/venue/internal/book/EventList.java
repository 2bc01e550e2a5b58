package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a book says, one short line an event. */
final class EventList implements BookListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onTrade(long makerId, long takerId, long price, long quantity) {
        lines.add("trade %d takes %d from %d at %d".formatted(takerId, quantity, makerId, price));
    }

    @Override
    public void onRested(long orderId, BookSide side, long price, long quantity) {
        lines.add("rested %d %s %d at %d".formatted(orderId, side, quantity, price));
    }

    @Override
    public void onCanceled(long orderId, long quantity) {
        lines.add("canceled %d with %d".formatted(orderId, quantity));
    }

    @Override
    public void onReduced(long orderId, long quantity) {
        lines.add("reduced %d to %d".formatted(orderId, quantity));
    }

    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
