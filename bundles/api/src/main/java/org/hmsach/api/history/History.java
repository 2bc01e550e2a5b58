package org.hmsach.api.history;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.osgi.annotation.versioning.ProviderType;

/** Read models in SQL, rebuilt from the tape whenever needed. Offered by store; thread-safe. */
@ProviderType
public interface History {
    /**
     * Which orders.
     *
     * @param account    whose
     * @param states     in which states; empty: any
     * @param symbols    of which symbols; empty: any
     * @param side       of which side; empty: both
     * @param span       created when
     * @param ascending  oldest first
     * @param limit      1 to 500
     */
    record OrderQuery(
            UUID account,
            Set<OrderState> states,
            Set<String> symbols,
            Optional<Side> side,
            OrderSpan span,
            boolean ascending,
            int limit) {}

    /**
     * A span in the order of creation. Orders name a place exactly, since many may come to be in one millisecond.
     *
     * @param afterMs     created after, milliseconds since 1970 UTC, exclusive
     * @param untilMs     created before, milliseconds since 1970 UTC, exclusive
     * @param afterOrder  created after this order
     * @param beforeOrder created before this order
     */
    record OrderSpan(long afterMs, long untilMs, Optional<UUID> afterOrder, Optional<UUID> beforeOrder) {
        /** Between two times. */
        public static OrderSpan ofTimes(long afterMs, long untilMs) {
            return new OrderSpan(afterMs, untilMs, Optional.empty(), Optional.empty());
        }
    }

    /** Kinds of activities, by the dialect's names. */
    enum ActivityType {
        /** A fill. */
        FILL,
        /** A fee. */
        FEE,
        /** Cash in by transfer. */
        CSD,
        /** Cash out by transfer. */
        CSW
    }

    /**
     * One line of an account's history.
     *
     * @param id        cursor: tape number with leading zeros, dash, index; sorts by time
     * @param type      what
     * @param timeMs    entry time, milliseconds since 1970 UTC
     * @param date      business date
     * @param order     the order, for fills and fees
     * @param symbol    the instrument, for fills
     * @param side      {@code "buy"} or {@code "sell"}, for fills
     * @param qtyE8     fill: quantity, scale 8; else 0
     * @param priceE8   fill: price, scale 8; else 0
     * @param cumQtyE8  fill: filled so far, scale 8; else 0
     * @param leavesE8  fill: open after it, scale 8; else 0
     * @param netMinor  change of cash, minor units, signed
     * @param detail    fee kind, transfer rail …
     */
    record Activity(
            String id,
            ActivityType type,
            long timeMs,
            LocalDate date,
            Optional<UUID> order,
            String symbol,
            String side,
            long qtyE8,
            long priceE8,
            long cumQtyE8,
            long leavesE8,
            long netMinor,
            String detail) {}

    /**
     * Which activities.
     *
     * @param account   whose
     * @param types     of which types; empty: any
     * @param afterMs   after, exclusive
     * @param untilMs   before, exclusive
     * @param pageToken id after which the page starts
     * @param ascending oldest first
     * @param limit     1 to 100
     */
    record ActivityQuery(
            UUID account,
            Set<ActivityType> types,
            long afterMs,
            long untilMs,
            Optional<String> pageToken,
            boolean ascending,
            int limit) {}

    /**
     * Value of an account at one set of journalled marks.
     *
     * @param timeMs      entry time of the marks
     * @param date        business date
     * @param closing     whether these are the closing marks of the date
     * @param equityMinor cash and positions, minor units
     * @param cashMinor   cash, minor units
     * @param depositedMinor net cash that came in by transfers so far, minor units
     */
    record ValuePoint(
            long timeMs, LocalDate date, boolean closing, long equityMinor, long cashMinor, long depositedMinor) {}

    /** Orders by query. */
    List<Order> orders(OrderQuery query);

    /** One order, however old. */
    Optional<Order> order(UUID id);

    /** One order by client id, however old. */
    Optional<Order> orderByClientId(UUID account, String clientOrderId);

    /** Activities by query. */
    List<Activity> activities(ActivityQuery query);

    /** Values between two times, oldest first, at most 10,000 (the newest ones). */
    List<ValuePoint> values(UUID account, long fromMs, long toMs);

    /** Number of the last event that the read models hold. */
    long appliedNumber();

    /** Waits until the read models hold the event. @return whether they do */
    boolean awaitNumber(long number, Duration wait) throws InterruptedException;
}
