package org.hmsach.spi.mkt;

import java.util.List;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where orders are executed. Register it as a service; mfe.exec opens it and routes orders whose
 * instrument names it.
 *
 * <p>An INTERNAL venue's book is derived: closing the session forgets it, opening gives it all open orders again. At an
 * EXTERNAL venue executions are facts.
 */
@ConsumerType
public interface Venue {
    /**
     * Service property, {@code true} at an EXTERNAL venue whose orders reach nobody: only such a one, and an INTERNAL
     * one, may be tried beside the version that serves.
     */
    String SIMULATED = "hms.simulated";

    /** Kind of venue. */
    enum Kind {
        INTERNAL,
        EXTERNAL
    }

    /** Name, {@code [a-z0-9.-]{1,32}}, as in {@code Instrument.venue()}. */
    String name();

    /** Kind. */
    Kind kind();

    /**
     * Starts a session with the orders open as of the incarnation, in priority order; those PENDING_CANCEL or
     * PENDING_REPLACE carry their request. ioc, fok and market orders among them are tried again.
     *
     * @param incarnation entry number of the opening; part of every execution id
     * @param openOrders  open orders in priority order
     * @param reports     where answers go, from any thread
     */
    Session open(long incarnation, List<Order> openOrders, Reports reports);

    /**
     * What mfe.exec asks of an open venue; calls come one after the other, all but {@link #close} from one thread, and
     * return quickly. {@code cause} comes back in reports.
     */
    interface Session extends AutoCloseable {
        /** An accepted order. */
        void place(long cause, Order order);

        /** A request to cancel. */
        void cancel(long cause, Order order);

        /** A request to replace; {@code order.replacement()} has the terms. */
        void replace(long cause, Order order);

        /** The core ended the order (expired at close): take it out, no answer. */
        void remove(long cause, UUID order);

        /** Ends the session; no report comes after it returns. */
        @Override
        void close();
    }

    /**
     * Both sides of a trade.
     *
     * @param taker   the order that came in
     * @param maker   the order that rested
     * @param execId  unique within the incarnation
     * @param qtyE8   scale 8
     * @param priceE8 the maker's price, scale 8
     */
    record Match(UUID taker, UUID maker, String execId, long qtyE8, long priceE8) {}

    /**
     * What a venue tells. {@code cause} is the entry that made it act; a report without one uses the order's
     * latest.
     */
    interface Reports {
        /** One side filled. */
        void filled(long cause, UUID order, String execId, long qtyE8, long priceE8);

        /** Both sides of a trade (INTERNAL). */
        void traded(long cause, Match match);

        /** The order is out of the book; also the rest of ioc, fok and market orders. */
        void canceled(long cause, UUID order, String detail);

        /** The order is not taken. */
        void rejected(long cause, UUID order, String detail);

        /** The replacement stands, under its new id. */
        void replaced(long cause, UUID oldOrder);

        /** Too late to cancel. */
        void cancelRejected(long cause, UUID order, String detail);

        /** Too late to replace, or terms not taken. */
        void replaceRejected(long cause, UUID order, String detail);
    }
}
