package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;

/** The twin's answers to clients: orders, cancellations and replacements asked for. */
final class TwinOrders {
    private static final long LARGEST_FEE_MINOR = 1L << 50;

    private final TwinBooks books;
    private final TwinJudge judge;

    TwinOrders(TwinBooks books) {
        this.books = books;
        this.judge = new TwinJudge(books);
    }

    static TwinAnswer illegal() {
        return TwinAnswer.no(Reason.ILLEGAL_TRANSITION, "order");
    }

    TwinAnswer place(Commands.PlaceOrder c, Origin origin) {
        OrderRequest r = c.request();
        Optional<TwinAccount> account = books.account(r.account());
        if (account.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "account");
        }
        TwinAccount a = account.get();
        if (!mayTrade(origin, a)) {
            return TwinAnswer.no(Reason.NOT_AUTHORISED, "core.access");
        }
        Optional<TwinAnswer> seen = seen(a, r.clientOrderId(), c.bodyHash());
        if (seen.isPresent()) {
            return seen.get();
        }
        if (!books.rules.instruments.containsKey(r.symbol())) {
            return TwinAnswer.no(Reason.UNKNOWN_SYMBOL, "symbol");
        }
        if (c.feeEstimateMinor() < 0 || c.feeEstimateMinor() > LARGEST_FEE_MINOR) {
            return TwinAnswer.no(Reason.INVALID, "fee_estimate");
        }
        if (c.reserveLimitE8() < 0) {
            return TwinAnswer.no(Reason.INVALID, "reserve_limit");
        }
        return judged(c, a);
    }

    private TwinAnswer judged(Commands.PlaceOrder c, TwinAccount a) {
        OrderRequest r = c.request();
        BigDecimal reserveLimit =
                Decimals.e8(Math.max(c.reserveLimitE8(), r.limitPriceE8().orElse(0)));
        BigDecimal fee = Decimals.money(c.feeEstimateMinor(), a.digits());
        TwinJudge.Case asked = new TwinJudge.Case(
                a, r, Decimals.e8(r.qtyE8()), reserveLimit, fee, c.reference(), c.verdicts(), Optional.empty());
        Optional<String> refusal = judge.refusal(asked);
        boolean buys = refusal.isEmpty() && r.side() == org.hmsach.api.order.Side.BUY;
        TwinOrder o = new TwinOrder(
                a,
                r,
                new TwinOrder.Birth(
                        books.newId(),
                        books.rules.instruments.get(r.symbol()).venue(),
                        c.bodyHash(),
                        refusal.isEmpty() ? reserveLimit : BigDecimal.ZERO,
                        buys ? fee : BigDecimal.ZERO,
                        books.date.orElse(TwinBooks.NO_DATE),
                        books.timeMs));
        books.orders.add(o);
        if (refusal.isPresent()) {
            o.refusal = refusal;
            o.state = OrderState.REJECTED;
            o.closedDay = books.dayNumber;
        } else {
            o.priority = books.nextPriority++;
            remember(asked);
        }
        return new TwinAnswer(Optional.of(o.id), false, refusal);
    }

    private boolean mayTrade(Origin origin, TwinAccount a) {
        return !origin.principal().equals(Origin.NOBODY) && books.rules.mayTrade(origin.principal(), a.id);
    }

    /** A client order id stands for one order of the account, also for one that a replacement will become. */
    private Optional<TwinAnswer> seen(TwinAccount a, String clientId, long bodyHash) {
        for (TwinOrder o : books.orders) {
            if (o.account == a && o.request.clientOrderId().equals(clientId)) {
                return Optional.of(again(o.bodyHash == bodyHash, o.id, o.refusal));
            }
            if (o.account == a
                    && o.wanted.isPresent()
                    && o.wanted.get().terms().clientOrderId().equals(clientId)) {
                TwinOrder.Wanted w = o.wanted.get();
                return Optional.of(again(w.bodyHash() == bodyHash, w.terms().newId(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private static TwinAnswer again(boolean sameBody, UUID id, Optional<String> refusal) {
        return sameBody
                ? TwinAnswer.again(Optional.of(id), refusal)
                : TwinAnswer.no(Reason.ID_REUSED, "client_order_id");
    }

    /** The rate and duplicate limits see it; they forget what is older than the longest window of this moment. */
    private void remember(TwinJudge.Case c) {
        Limits l = books.rules.limits(c.account().id);
        long oldestMs = books.timeMs - Math.max(l.windowMs(), l.duplicateWindowMs());
        List<TwinAccount.Recent> recent = c.account().recent;
        while (!recent.isEmpty() && recent.get(0).timeMs() <= oldestMs) {
            recent.remove(0);
        }
        recent.add(c.recent(books.timeMs));
    }

    TwinAnswer cancel(Commands.CancelOrder c, Origin origin) {
        Optional<TwinOrder> found = books.order(c.order());
        if (found.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "order");
        }
        TwinOrder o = found.get();
        if (!origin.principal().equals(Origin.NOBODY) && !mayTrade(origin, o.account)) {
            return TwinAnswer.no(Reason.NOT_AUTHORISED, "core.access");
        }
        if (o.state == OrderState.PENDING_CANCEL) {
            return TwinAnswer.again(Optional.of(o.id), Optional.empty());
        }
        if (o.state != OrderState.NEW && o.state != OrderState.PARTIALLY_FILLED) {
            return illegal();
        }
        o.state = OrderState.PENDING_CANCEL;
        o.updatedMs = books.timeMs;
        return TwinAnswer.done(o.id);
    }

    TwinAnswer replace(Commands.ReplaceOrder c, Origin origin) {
        Optional<TwinOrder> found = books.order(c.order());
        if (found.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "order");
        }
        TwinOrder o = found.get();
        if (!mayTrade(origin, o.account)) {
            return TwinAnswer.no(Reason.NOT_AUTHORISED, "core.access");
        }
        Optional<TwinAnswer> seen = seen(o.account, c.clientOrderId(), c.bodyHash());
        if (seen.isPresent()) {
            return seen.get();
        }
        if (o.state != OrderState.NEW && o.state != OrderState.PARTIALLY_FILLED) {
            return illegal();
        }
        Optional<String> malformed = malformed(c, o);
        if (malformed.isPresent()) {
            return TwinAnswer.no(Reason.INVALID, malformed.get());
        }
        return wanted(c, o);
    }

    private static Optional<String> malformed(Commands.ReplaceOrder c, TwinOrder o) {
        if (!c.clientOrderId().matches("[!-~]{1,128}")) {
            return Optional.of("client_order_id");
        }
        if (c.feeEstimateMinor() < 0 || c.feeEstimateMinor() > LARGEST_FEE_MINOR) {
            return Optional.of("fee_estimate");
        }
        if (Decimals.e8(c.qtyE8().orElse(o.request.qtyE8())).compareTo(o.filled) <= 0) {
            return Optional.of("qty");
        }
        if (c.limitPriceE8().isPresent()
                && (o.request.type() == OrderType.MARKET || c.limitPriceE8().getAsLong() <= 0)) {
            return Optional.of("limit_price");
        }
        return Optional.empty();
    }

    private TwinAnswer wanted(Commands.ReplaceOrder c, TwinOrder o) {
        OrderRequest old = o.request;
        OptionalLong limit = c.limitPriceE8().isPresent() ? c.limitPriceE8() : old.limitPriceE8();
        OrderRequest terms = new OrderRequest(
                old.account(),
                c.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                c.timeInForce().orElse(old.timeInForce()),
                c.qtyE8().orElse(old.qtyE8()),
                limit);
        BigDecimal reserveLimit = limit.isPresent() ? Decimals.e8(limit.getAsLong()) : o.reserveLimit;
        BigDecimal fee = Decimals.money(c.feeEstimateMinor(), o.account.digits());
        BigDecimal toFill = Decimals.e8(terms.qtyE8()).subtract(o.filled);
        TwinJudge.Case asked = new TwinJudge.Case(
                o.account, terms, toFill, reserveLimit, fee, c.reference(), c.verdicts(), Optional.of(o));
        Optional<String> refusal = judge.refusal(asked);
        if (refusal.isPresent()) {
            return new TwinAnswer(Optional.of(o.id), false, refusal);
        }
        Replacement r = new Replacement(
                books.newId(), c.clientOrderId(), terms.timeInForce(), terms.qtyE8(), terms.limitPriceE8());
        o.wanted = Optional.of(new TwinOrder.Wanted(r, c.bodyHash(), reserveLimit, o.isBuy() ? fee : BigDecimal.ZERO));
        o.state = OrderState.PENDING_REPLACE;
        o.updatedMs = books.timeMs;
        remember(asked);
        return TwinAnswer.done(r.newId());
    }
}
