package org.hmsach.mfe.exec.internal;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Recording;

/** Writes down what it is asked, one line each, and says only what a test makes it say. */
final class FakeVenue implements Venue {
    final Recording<String> asked = new Recording<>();
    private final String name;
    private final Kind kind;
    private volatile Consumer<String> onAsk = ask -> {};
    private volatile Reports reports;

    FakeVenue(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    static FakeVenue internal(String name) {
        return new FakeVenue(name, Kind.INTERNAL);
    }

    /** From now on runs this before each ask is written down. */
    void onAsk(Consumer<String> action) {
        onAsk = action;
    }

    /** From now on each ask waits for the latch. */
    void hangUntil(CountDownLatch latch) {
        onAsk = ask -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Where the newest session reports to. */
    Reports reports() {
        return reports;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Session open(long incarnation, List<Order> openOrders, Reports to) {
        reports = to;
        ask("open " + incarnation + " "
                + openOrders.stream().map(o -> label(o.id())).toList());
        return new Asked();
    }

    static String label(UUID order) {
        return Long.toString(org.hmsach.api.id.HmsId.entry(order));
    }

    private void ask(String what) {
        onAsk.accept(what);
        asked.add(what);
    }

    private final class Asked implements Session {
        @Override
        public void place(long cause, Order order) {
            ask(cause + " place " + label(order.id()));
        }

        @Override
        public void cancel(long cause, Order order) {
            ask(cause + " cancel " + label(order.id()));
        }

        @Override
        public void replace(long cause, Order order) {
            ask(cause + " replace " + label(order.id()));
        }

        @Override
        public void remove(long cause, UUID order) {
            ask(cause + " remove " + label(order));
        }

        @Override
        public void close() {
            ask("close");
        }
    }
}
