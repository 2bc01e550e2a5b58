package org.hmsach.testkit.fake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.spi.gov.OrderProposal;

/** Valid values to start a test from. Quantities and prices are plain decimals, e.g. {@code "1.5"}. */
public final class Samples {
    /** A business date that was a Monday. */
    public static final LocalDate MONDAY = LocalDate.of(2013, 10, 7);

    /** Noon in New York of {@link #MONDAY}, milliseconds since 1970 UTC. */
    public static final long NOON_MS = 1_381_161_600_000L;

    /** An account. */
    public static final UUID ACCOUNT = HmsId.of(1, 10, 0);

    /** A person. */
    public static final UUID PERSON = new UUID(0x1111L << 48 | 0x4000L, 1L << 63 | 1);

    private static final AtomicLong IDS = new AtomicLong(1_000);

    private Samples() {}

    /** An id that no other call gives. */
    public static UUID newId() {
        return HmsId.of(1, IDS.incrementAndGet(), 0);
    }

    /** An active instrument in USD with a tick of a cent and a lot of a millionth share. */
    public static Instrument instrument(String symbol, String venue) {
        return new Instrument(symbol, Currency.USD, Scale8.ONE / 100, 100, InstrumentStatus.ACTIVE, venue);
    }

    /** A day market order of {@link #ACCOUNT} with a new client order id. */
    public static OrderRequest market(Side side, String symbol, String qty) {
        return new OrderRequest(
                ACCOUNT,
                "c-" + IDS.incrementAndGet(),
                symbol,
                side,
                OrderType.MARKET,
                TimeInForce.DAY,
                Scale8.parse(qty),
                OptionalLong.empty());
    }

    /** A limit order of {@link #ACCOUNT} with a new client order id. */
    public static OrderRequest limit(Side side, String symbol, String qty, String price, TimeInForce timeInForce) {
        return new OrderRequest(
                ACCOUNT,
                "c-" + IDS.incrementAndGet(),
                symbol,
                side,
                OrderType.LIMIT,
                timeInForce,
                Scale8.parse(qty),
                OptionalLong.of(Scale8.parse(price)));
    }

    /** A day limit order. */
    public static OrderRequest limit(Side side, String symbol, String qty, String price) {
        return limit(side, symbol, qty, price, TimeInForce.DAY);
    }

    /** The request as an accepted, unfilled order; later ones have a later priority. */
    public static Order accepted(OrderRequest request, String venue) {
        UUID id = newId();
        return new Order(
                id,
                request,
                OrderState.NEW,
                venue,
                HmsId.entry(id),
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MONDAY,
                NOON_MS,
                NOON_MS);
    }

    /** The same order in another state. */
    public static Order inState(Order order, OrderState state) {
        return with(order, state, order.filledE8(), order.replacement());
    }

    /** The same order with that much filled, in the state that follows from it. */
    public static Order filled(Order order, String qty) {
        long filledE8 = Scale8.parse(qty);
        OrderState state = filledE8 == order.request().qtyE8() ? OrderState.FILLED : OrderState.PARTIALLY_FILLED;
        return with(order, state, filledE8, order.replacement());
    }

    /** The same order waiting for new terms. */
    public static Order replacing(Order order, Replacement terms) {
        return with(order, OrderState.PENDING_REPLACE, order.filledE8(), Optional.of(terms));
    }

    /** Limit terms for a replacement under a new id. */
    public static Replacement terms(String qty, String price) {
        return new Replacement(
                newId(),
                "c-" + IDS.incrementAndGet(),
                TimeInForce.DAY,
                Scale8.parse(qty),
                OptionalLong.of(Scale8.parse(price)));
    }

    /** A USD account with settled cash and nothing else. */
    public static Account account(UUID id, long settledMinor, Position... positions) {
        return new Account(
                id, Currency.USD, settledMinor, 0, 0, 0, List.of(positions), 0, false, NOON_MS, settledMinor);
    }

    /** A settled position without reservations. */
    public static Position position(String symbol, String qty, long totalCostMinor) {
        return new Position(symbol, Scale8.parse(qty), Scale8.parse(qty), 0, totalCostMinor, 0);
    }

    /** A price of a feed called {@code "sample"}. */
    public static ReferencePrice price(String price) {
        return new ReferencePrice(Scale8.parse(price), "sample", NOON_MS);
    }

    /** A proposal with a well-funded account and, when given, a reference price. */
    public static OrderProposal proposal(OrderRequest request, Optional<ReferencePrice> reference) {
        return new OrderProposal(
                request,
                PERSON,
                account(request.account(), 1_000_000_000L),
                instrument(request.symbol(), "paper"),
                reference,
                Optional.empty(),
                Optional.of(MONDAY),
                false);
    }

    private static Order with(Order order, OrderState state, long filledE8, Optional<Replacement> replacement) {
        return new Order(
                order.id(),
                order.request(),
                state,
                order.venue(),
                order.priority(),
                filledE8,
                order.filledValueE8(),
                order.reservedMinor(),
                order.reservedQtyE8(),
                replacement,
                order.replaces(),
                order.replacedBy(),
                order.refusal(),
                order.businessDate(),
                order.createdMs(),
                order.updatedMs());
    }
}
