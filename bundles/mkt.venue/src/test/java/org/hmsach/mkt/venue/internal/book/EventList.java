package org.hmsach.mkt.venue.internal.book;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a book says, one short line an event. */
final class EventList implements BookListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onTrade(long makerId, long takerId, long price, long quantity) {
        lines.add("trade " + takerId + " takes " + quantity + " from " + makerId + " at " + price);
    }

    @Override
    public void onRested(long orderId, BookSide side, long price, long quantity) {
        lines.add("rested " + orderId + " " + side + " " + quantity + " at " + price);
    }

    @Override
    public void onCanceled(long orderId, long quantity) {
        lines.add("canceled " + orderId + " with " + quantity);
    }

    @Override
    public void onReduced(long orderId, long quantity) {
        lines.add("reduced " + orderId + " to " + quantity);
    }

    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
