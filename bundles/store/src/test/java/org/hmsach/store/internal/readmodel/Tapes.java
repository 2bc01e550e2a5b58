package org.hmsach.store.internal.readmodel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Events.Leg;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.api.tape.Events.PostingKind;
import org.hmsach.api.tape.TapeEvent;

/** Events to write on a tape. */
final class Tapes {
    static final long E8 = 100_000_000L;
    static final UUID ACCOUNT = HmsId.of(7, 1, 0);

    private Tapes() {}

    static Order order(long entry, OrderState state, long filled) {
        return new Order(
                HmsId.of(7, entry, 0),
                request("c-" + entry),
                state,
                "paper",
                entry,
                filled * E8,
                filled * 100 * E8,
                50_000,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ListTape.DATE,
                entry * 1_000,
                entry * 1_000 + 5);
    }

    /** An order with every optional part filled. */
    static Order fullOrder(long entry) {
        return new Order(
                HmsId.of(7, entry, 0),
                new OrderRequest(
                        ACCOUNT,
                        "full",
                        "BRK.B",
                        Side.SELL,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        3 * E8,
                        OptionalLong.of(12_345_678_901L)),
                OrderState.PENDING_REPLACE,
                "crossing",
                Long.MAX_VALUE,
                E8,
                5,
                0,
                2 * E8,
                Optional.of(new Replacement(
                        HmsId.of(7, entry, 1), "newer", TimeInForce.DAY, 9 * E8, OptionalLong.of(4 * E8))),
                Optional.of(HmsId.of(7, 2, 0)),
                Optional.of(HmsId.of(7, 3, 0)),
                Optional.of(Refused.of(Reason.LIMIT_EXCEEDED, "limit.x", "too much", "9", "8")),
                ListTape.DATE,
                entry * 1_000,
                entry * 1_000 + 1);
    }

    static OrderRequest request(String clientOrderId) {
        return new OrderRequest(
                ACCOUNT,
                clientOrderId,
                "IBM",
                Side.BUY,
                OrderType.MARKET,
                TimeInForce.DAY,
                10 * E8,
                OptionalLong.empty());
    }

    static Function<EventHeader, TapeEvent> opened() {
        return h -> new Events.AccountOpened(h, ACCOUNT, Currency.USD);
    }

    static Function<EventHeader, TapeEvent> told(OrderEventKind kind, Order order) {
        return h -> new Events.OrderEvent(h, kind, order, Optional.empty(), List.of(), "");
    }

    static Function<EventHeader, TapeEvent> filled(Order order, long qty, long price) {
        Execution fill = new Execution(
                "x" + order.filledE8(), "paper", qty * E8, price * E8, qty * price * 100, ListTape.DATE, ListTape.DATE);
        OrderEventKind kind = order.state() == OrderState.FILLED ? OrderEventKind.FILL : OrderEventKind.PARTIAL_FILL;
        return h -> new Events.OrderEvent(h, kind, order, Optional.of(fill), List.of(), "");
    }

    static Function<EventHeader, TapeEvent> posted(PostingKind kind, UUID subject, String detail, Leg... legs) {
        return h -> new Events.Posted(h, kind, subject, detail, List.of(legs));
    }

    static Leg leg(String ledgerAccount, String asset, long amount) {
        return new Leg(ledgerAccount, Optional.of(ACCOUNT), asset, amount);
    }

    static Leg house(String ledgerAccount, String asset, long amount) {
        return new Leg(ledgerAccount, Optional.empty(), asset, amount);
    }

    static Function<EventHeader, TapeEvent> marked(String symbol, long priceE8, boolean closing) {
        return h -> new Events.Marked(h, symbol, new ReferencePrice(priceE8, "test", h.timeMs()), closing);
    }

    /** Account, deposit of 10,000.00, a buy of 10 IBM at 100 in two fills, a fee of 1.00, marks at 101.50. */
    static void tellADay(ListTape tape) {
        UUID transfer = HmsId.of(7, 2, 0);
        Order working = order(3, OrderState.NEW, 0);
        tape.entry(1_000, opened());
        tape.entry(
                2_000,
                posted(
                        PostingKind.TRANSFER,
                        transfer,
                        "operator",
                        leg("cash.settled", "USD", 1_000_000),
                        house("house.bank", "USD", -1_000_000)));
        tape.entry(3_000, told(OrderEventKind.NEW, working));
        tape.entry(4_000, filled(order(3, OrderState.PARTIALLY_FILLED, 4), 4, 100), trade(working, 4));
        tape.entry(5_000, filled(order(3, OrderState.FILLED, 10), 6, 100), trade(working, 6));
        tape.entry(
                6_000,
                posted(
                        PostingKind.FEE,
                        working.id(),
                        "commission",
                        leg("cash.unsettled", "USD", -100),
                        house("house.fees", "USD", 100)));
        tape.entry(
                7_000,
                posted(
                        PostingKind.SETTLEMENT,
                        ACCOUNT,
                        "",
                        leg("cash.unsettled", "USD", 100_100),
                        leg("cash.settled", "USD", -100_100)));
        tape.entry(8_000, marked("IBM", 10_150_000_000L, true), marked("SPY", 5 * E8, true));
    }

    private static Function<EventHeader, TapeEvent> trade(Order order, long qty) {
        return posted(
                PostingKind.TRADE,
                order.id(),
                "x",
                leg("cash.unsettled", "USD", -qty * 10_000),
                house("house.street", "USD", qty * 10_000),
                leg("position.unsettled", "IBM", qty * E8),
                house("house.street", "IBM", -qty * E8));
    }
}
