package org.hmsach.ops.internal.shadow;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.ops.internal.shadow.ShadowReport.Said;
import org.hmsach.spi.mkt.Venue;

/**
 * A venue beside the one that serves. It gets the orders that the tape tells, from those open at the beginning on; what
 * it reports is kept here, and compared with what came of the order once that has ended. A replacement is told as the
 * end of one order and the beginning of another. The tape's thread tells, any thread reports.
 */
final class VenueShadow implements TapeFollower.Batch, Venue.Reports, AutoCloseable {
    /** So long after an order has ended the shadow may still report on it. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** As the core keeps it: major units, scale 8. */
    private static final int VALUE_DIGITS = 8;

    private final Venue venue;
    private final String name;
    private final String rule;
    private final Tally tally;
    private final LongSupplier clockMs;
    private final Duration late;
    private final Map<UUID, Course> courses = new HashMap<>();
    private Venue.Session session;

    /** What the shadow made of an order, and what really came of it. Guarded by the shadow. */
    private static final class Course {
        private final Order begin;
        private Order live;
        private long endedMs;
        private long filledE8;
        private long filledValueE8;
        private OrderState end = OrderState.NEW;
        private String detail = "";

        private Course(Order begin) {
            this.begin = begin;
            this.live = begin;
        }
    }

    /** @param late an answer that takes longer is counted */
    VenueShadow(Venue venue, Tally tally, LongSupplier clockMs, Duration late) {
        this.late = late;
        this.venue = venue;
        this.name = Objects.requireNonNull(venue.name(), "the venue has no name");
        this.rule = "venue." + name;
        this.tally = tally;
        this.clockMs = clockMs;
    }

    /**
     * Opens the venue; call it once, before the first event.
     *
     * @param incarnation number that no other opening has
     * @param open        all orders that are open
     */
    void open(long incarnation, List<Order> open) {
        List<Order> mine = open.stream()
                .filter(order -> order.venue().equals(name))
                .sorted(Comparator.comparingLong(Order::priority))
                .toList();
        synchronized (this) {
            mine.forEach(order -> courses.put(order.id(), new Course(order)));
        }
        session = venue.open(incarnation, mine, this);
    }

    @Override
    public void begin() {
        // each event is handed over as it comes
    }

    /** Compares what has ended for long enough. */
    @Override
    public void commit() {
        List<Course> over = new ArrayList<>();
        synchronized (this) {
            long nowMs = clockMs.getAsLong();
            for (Course course : courses.values()) {
                boolean both = course.live.state().isFinal() && course.end.isFinal();
                if (both || (course.endedMs > 0 && nowMs - course.endedMs > GRACE.toMillis())) {
                    over.add(course);
                }
            }
            over.forEach(course -> courses.remove(course.begin.id()));
        }
        for (Course course : over) {
            if (!course.end.isFinal()) {
                ask(() -> session.remove(0, course.begin.id()));
            }
            tally.add(subject(course), compared(course));
        }
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        Order order = event.order();
        if (!order.venue().equals(name)) {
            return;
        }
        long cause = event.header().entry();
        switch (event.kind()) {
            case NEW -> {
                if (isNew(order)) {
                    ask(() -> session.place(cause, order));
                }
            }
            case PENDING_CANCEL -> ask(() -> session.cancel(cause, order));
            case EXPIRED, REPLACED -> ask(() -> session.remove(cause, order.id()));
            default -> {
                // what the serving venue did is compared, not told
            }
        }
        follow(event, order);
    }

    private synchronized boolean isNew(Order order) {
        return courses.putIfAbsent(order.id(), new Course(order)) == null;
    }

    private synchronized void follow(Events.OrderEvent event, Order order) {
        Course course = courses.get(order.id());
        if (course == null) {
            return;
        }
        course.live = order;
        if (event.kind() == Events.OrderEventKind.REPLACED || event.kind() == Events.OrderEventKind.EXPIRED) {
            // the core or the client ended it, whatever a venue makes of it
            course.end = course.end.isFinal() ? course.end : order.state();
        }
        if (order.state().isFinal()) {
            course.endedMs = clockMs.getAsLong();
        }
    }

    /** Calls the shadow's own code. */
    private void ask(Runnable call) {
        long began = System.nanoTime();
        try {
            call.run();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            tally.failed(rule, e);
        }
        if (System.nanoTime() - began > late.toNanos()) {
            tally.late();
        }
    }

    private static Subject subject(Course course) {
        return new Subject(course.begin.request(), Optional.of(course.begin.id()), course.begin.createdMs());
    }

    private Comparison compared(Course course) {
        long liveE8 = course.live.filledE8() - course.begin.filledE8();
        long liveValueE8 = course.live.filledValueE8() - course.begin.filledValueE8();
        int less = Long.compare(liveE8, course.filledE8);
        boolean buys = course.begin.request().side() == Side.BUY;
        int dearer = buys
                ? Long.compare(course.filledValueE8, liveValueE8)
                : Long.compare(liveValueE8, course.filledValueE8);
        boolean refused = (course.end == OrderState.REJECTED) != (course.live.state() == OrderState.REJECTED);
        int other = refused ? (course.end == OrderState.REJECTED ? 1 : -1) : 0;
        int direction = less != 0 ? less : dearer != 0 ? dearer : other;
        return new Comparison(
                rule,
                direction,
                said(course.live.state(), liveE8, liveValueE8, ""),
                said(course.end, course.filledE8, course.filledValueE8, course.detail));
    }

    private static Said said(OrderState end, long filledE8, long valueE8, String detail) {
        return new Said(end.name(), "", detail, Scale8.text(filledE8), Scale8.text(valueE8));
    }

    private synchronized void fill(UUID order, long qtyE8, long priceE8) {
        Course course = courses.get(order);
        if (course == null) {
            return;
        }
        course.filledE8 = Math.addExact(course.filledE8, qtyE8);
        course.filledValueE8 = Math.addExact(
                course.filledValueE8, Scale8.cashMinor(priceE8, qtyE8, VALUE_DIGITS, RoundingMode.HALF_EVEN));
        if (course.filledE8 >= course.begin.openE8()) {
            course.end = OrderState.FILLED;
        }
    }

    private synchronized void ended(UUID order, OrderState end, String detail) {
        Course course = courses.get(order);
        if (course != null && !course.end.isFinal()) {
            course.end = end;
            course.detail = detail;
        }
    }

    @Override
    public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
        fill(order, qtyE8, priceE8);
    }

    @Override
    public void traded(long cause, Venue.Match match) {
        fill(match.taker(), match.qtyE8(), match.priceE8());
        fill(match.maker(), match.qtyE8(), match.priceE8());
    }

    @Override
    public void canceled(long cause, UUID order, String detail) {
        ended(order, OrderState.CANCELED, detail);
    }

    @Override
    public void rejected(long cause, UUID order, String detail) {
        ended(order, OrderState.REJECTED, detail);
    }

    @Override
    public void replaced(long cause, UUID oldOrder) {
        ended(oldOrder, OrderState.REPLACED, "");
    }

    @Override
    public void cancelRejected(long cause, UUID order, String detail) {
        // a fill came first, or the order was never there: its end tells
    }

    @Override
    public void replaceRejected(long cause, UUID order, String detail) {
        // no replacement is asked for
    }

    /** Ends the session at the venue. */
    @Override
    public void close() {
        if (session != null) {
            ask(session::close);
        }
    }
}
