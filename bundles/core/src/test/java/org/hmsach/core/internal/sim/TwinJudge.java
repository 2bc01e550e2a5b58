package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;

/** The rules that an order must pass, one after the other; the first that says no is the refusal. */
final class TwinJudge {
    private static final long LARGEST_VALUE_E8 = 1L << 61;
    private static final long LARGEST_QTY_E8 = 1L << 60;

    private final TwinBooks books;

    TwinJudge(TwinBooks books) {
        this.books = books;
    }

    /** What is judged; of a replacement, the order that it would replace. */
    record Case(
            TwinAccount account,
            OrderRequest request,
            BigDecimal toFill,
            BigDecimal reserveLimit,
            BigDecimal fee,
            Optional<ReferencePrice> reference,
            List<Verdict> verdicts,
            Optional<TwinOrder> replaced) {
        BigDecimal price() {
            if (request.limitPriceE8().isPresent()) {
                return Decimals.e8(request.limitPriceE8().getAsLong());
            }
            return reference.map(r -> Decimals.e8(r.priceE8())).orElse(BigDecimal.ZERO);
        }

        BigDecimal qty() {
            return Decimals.e8(request.qtyE8());
        }

        TwinAccount.Recent recent(long timeMs) {
            long price = request.limitPriceE8().orElse(0);
            return new TwinAccount.Recent(timeMs, request.symbol(), request.side(), request.qtyE8(), price);
        }
    }

    /** Reason and rule of the refusal, if there is one. */
    Optional<String> refusal(Case c) {
        return given(c).or(() -> halts(c))
                .or(() -> shape(c))
                .or(() -> limits(c))
                .or(() -> c.request().side() == Side.BUY ? money(c) : position(c));
    }

    private Optional<String> given(Case c) {
        for (Verdict v : c.verdicts()) {
            if (!v.allowed()) {
                return no(v.reason(), v.rule());
            }
        }
        for (String rule : books.rules.required) {
            if (c.verdicts().stream().noneMatch(v -> v.rule().equals(rule))) {
                return no(Reason.GOV_CHECK_MISSING, rule);
            }
        }
        return Optional.empty();
    }

    private Optional<String> halts(Case c) {
        if (!books.sessionOpen) {
            return no(Reason.SESSION_CLOSED, "core.session");
        }
        if (books.rules.allStopped || books.rules.stopped.contains(c.account().id)) {
            return no(Reason.HALTED, "limit.kill_switch");
        }
        if (instrument(c).status() != InstrumentStatus.ACTIVE) {
            return no(Reason.HALTED, "limit.halt");
        }
        if (books.rules.isRestricted(c.account().id, c.request().symbol())) {
            return no(Reason.HALTED, "limit.restricted");
        }
        return Optional.empty();
    }

    private Optional<String> shape(Case c) {
        OrderRequest r = c.request();
        if (!c.account().currency.equals(instrument(c).currency())) {
            return no(Reason.INVALID, "core.currency");
        }
        if (r.type() == OrderType.LIMIT && !isMultiple(c.price(), instrument(c).tickE8())) {
            return no(Reason.INVALID, "core.tick");
        }
        if (r.type() == OrderType.MARKET
                && (c.reference().isEmpty() || c.reserveLimit().signum() <= 0)) {
            return no(Reason.NO_REFERENCE_PRICE, "core.reference_price");
        }
        if (!isMultiple(c.qty(), instrument(c).lotE8())) {
            return no(Reason.INVALID, "core.lot");
        }
        BigDecimal value = Decimals.value(c.price().max(c.reserveLimit()), c.qty());
        if (Decimals.isAbove(value, Decimals.e8(LARGEST_VALUE_E8)) || r.qtyE8() > LARGEST_QTY_E8) {
            return no(Reason.INVALID, "core.size");
        }
        return Optional.empty();
    }

    private Optional<String> limits(Case c) {
        Limits l = books.rules.limits(c.account().id);
        int digits = c.account().digits();
        if (c.request().qtyE8() > l.maxOrderQtyE8()) {
            return no(Reason.LIMIT_EXCEEDED, "limit.max_order_qty");
        }
        BigDecimal notional = Decimals.cashUp(c.price(), c.qty(), digits);
        if (Decimals.isAbove(notional, Decimals.money(l.maxOrderNotionalMinor(), digits))) {
            return no(Reason.LIMIT_EXCEEDED, "limit.max_order_notional");
        }
        if (c.replaced().isEmpty() && books.openOrders(c.account()) >= l.maxOpenOrders()) {
            return no(Reason.LIMIT_EXCEEDED, "limit.open_orders");
        }
        List<TwinAccount.Recent> recent = c.account().recent;
        long inWindow = recent.stream()
                .filter(r -> r.timeMs() > books.timeMs - l.windowMs())
                .count();
        if (inWindow >= l.maxOrdersPerWindow()) {
            return no(Reason.LIMIT_EXCEEDED, "limit.order_rate");
        }
        boolean same = recent.stream()
                .filter(r -> r.timeMs() > books.timeMs - l.duplicateWindowMs())
                .anyMatch(r -> r.equals(c.recent(r.timeMs())));
        if (same && l.duplicateWindowMs() > 0) {
            return no(Reason.LIMIT_EXCEEDED, "limit.duplicate_order");
        }
        return Optional.empty();
    }

    /** An order may reserve what buying power there is; a replacement counts what its order already reserves. */
    private Optional<String> money(Case c) {
        BigDecimal principal =
                Decimals.cashUp(c.reserveLimit(), c.toFill(), c.account().digits());
        BigDecimal fee = c.fee();
        BigDecimal already = BigDecimal.ZERO;
        if (c.replaced().isPresent()) {
            TwinOrder old = c.replaced().get();
            principal = principal.max(old.principalKept());
            fee = fee.max(old.feeKept());
            already = old.reservedCash();
        }
        BigDecimal need = principal.add(fee).subtract(already);
        return need.signum() > 0 && Decimals.isAbove(need, books.buyingPower(c.account()))
                ? no(Reason.INSUFFICIENT_BUYING_POWER, "core.buying_power")
                : Optional.empty();
    }

    /** Only what is held and not yet being sold can be sold. */
    private Optional<String> position(Case c) {
        String symbol = c.request().symbol();
        BigDecimal already = c.replaced().map(TwinOrder::reservedQty).orElse(BigDecimal.ZERO);
        BigDecimal free = c.account().holding(symbol).qty.subtract(books.reservedQty(c.account(), symbol));
        return Decimals.isAbove(c.toFill().subtract(already), free)
                ? no(Reason.INSUFFICIENT_POSITION, "core.position")
                : Optional.empty();
    }

    private Instrument instrument(Case c) {
        return books.rules.instruments.get(c.request().symbol());
    }

    private static boolean isMultiple(BigDecimal number, long stepE8) {
        return number.remainder(Decimals.e8(stepE8)).signum() == 0;
    }

    private static Optional<String> no(Reason reason, String rule) {
        return Optional.of(reason + " " + rule);
    }
}
