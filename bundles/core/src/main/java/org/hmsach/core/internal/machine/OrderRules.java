package org.hmsach.core.internal.machine;

import java.math.BigDecimal;
import java.util.List;
import org.hmsach.api.account.Position;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.codec.Rows;

/** All rules that an order must pass in the machine; the same code judges orders, replacements and previews. */
final class OrderRules {
    /** Largest price x quantity, scale 8: fills of it stay far from the end of a long. */
    static final long MAX_VALUE_E8 = 1L << 61;

    private final State state;

    OrderRules(State state) {
        this.state = state;
    }

    void judge(Terms t, VerdictList out) {
        judgeGiven(t.given(), out);
        judgeHalts(t, out);
        judgeShape(t, out);
        judgeLimits(t, out);
        judgeCover(t, out);
    }

    private void judgeGiven(List<Verdict> given, VerdictList out) {
        given.forEach(out::add);
        for (String rule : state.rules.requiredRules) {
            if (!isAnswered(given, rule)) {
                out.add(Verdict.unanswered(rule, Reason.GOV_CHECK_MISSING, "no verdict of the required rule " + rule));
            }
        }
    }

    private static boolean isAnswered(List<Verdict> given, String rule) {
        for (Verdict verdict : given) {
            if (verdict.rule().equals(rule)) {
                return true;
            }
        }
        return false;
    }

    private void judgeHalts(Terms t, VerdictList out) {
        BusinessTime time = state.time;
        Rules rules = state.rules;
        String symbol = t.instrument().symbol();
        boolean accountBlocked = rules.isBlocked(t.account().id);
        InstrumentStatus status = t.instrument().status();
        out.judge(
                MachineRule.SESSION,
                time.sessionOpen(),
                () -> time.date()
                        .map(d -> d + (time.sessionOpen() ? " is open" : " is closed"))
                        .orElse("no date yet"),
                () -> "open");
        out.judge(
                MachineRule.KILL_SWITCH,
                !rules.killSwitch && !accountBlocked,
                () -> rules.killSwitch ? "everybody" : accountBlocked ? "the account" : "nobody",
                () -> "off");
        out.judge(MachineRule.HALT, status == InstrumentStatus.ACTIVE, status::name, () -> "ACTIVE");
        out.judge(
                MachineRule.RESTRICTED,
                !rules.isRestricted(t.account().id, symbol),
                () -> symbol,
                () -> "not on the list");
    }

    private void judgeShape(Terms t, VerdictList out) {
        OrderRequest r = t.request();
        String account = t.account().currency.code();
        String instrument = t.instrument().currency().code();
        out.judge(
                MachineRule.CURRENCY,
                t.account().currency.equals(t.instrument().currency()),
                () -> instrument,
                () -> account);
        if (r.type() == OrderType.LIMIT) {
            long price = r.limitPriceE8().getAsLong();
            long tick = t.instrument().tickE8();
            out.judge(MachineRule.TICK, price % tick == 0, () -> Scale8.text(price), () -> Scale8.text(tick));
        } else {
            out.judge(
                    MachineRule.REFERENCE,
                    t.reference().isPresent() && t.reserveLimitE8() > 0,
                    () -> t.reference().map(p -> Scale8.text(p.priceE8())).orElse("none"),
                    () -> "present");
        }
        long lot = t.instrument().lotE8();
        out.judge(MachineRule.LOT, r.qtyE8() % lot == 0, () -> Scale8.text(r.qtyE8()), () -> Scale8.text(lot));
        long valueE8 = Wide.valueE8(Math.max(t.reserveLimitE8(), priceE8(t)), r.qtyE8());
        out.judge(
                MachineRule.SIZE,
                valueE8 <= MAX_VALUE_E8 && r.qtyE8() <= Ledger.MAX_LEG,
                () -> valueE8 == Wide.TOO_BIG ? "more than " + Scale8.text(MAX_VALUE_E8) : Scale8.text(valueE8),
                () -> Scale8.text(MAX_VALUE_E8));
    }

    private void judgeLimits(Terms t, VerdictList out) {
        Limits limits = state.rules.limits(t.account().id);
        int digits = t.account().currency.digits();
        long now = state.time.timeMs();
        long qty = t.request().qtyE8();
        long notional = Wide.cashUp(priceE8(t), qty, digits);
        out.judge(
                MachineRule.ORDER_QTY,
                qty <= limits.maxOrderQtyE8(),
                () -> Scale8.text(qty),
                () -> none(limits.maxOrderQtyE8(), Scale8.text(limits.maxOrderQtyE8())));
        out.judge(
                MachineRule.ORDER_NOTIONAL,
                notional <= limits.maxOrderNotionalMinor(),
                () -> money(notional, digits),
                () -> money(limits.maxOrderNotionalMinor(), digits));
        int open = t.account().openOrders;
        out.judge(
                MachineRule.OPEN_ORDERS,
                t.replaced().isPresent() || open < limits.maxOpenOrders(),
                () -> Integer.toString(open),
                () -> none(limits.maxOpenOrders(), Long.toString(limits.maxOpenOrders())));
        int recent = t.account().recent.countAfter(now - limits.windowMs());
        out.judge(
                MachineRule.ORDER_RATE,
                recent < limits.maxOrdersPerWindow(),
                () -> Integer.toString(recent),
                () -> none(limits.maxOrdersPerWindow(), Long.toString(limits.maxOrdersPerWindow())));
        boolean seen = limits.duplicateWindowMs() > 0
                && t.account().recent.hasSameAfter(recent(t), now - limits.duplicateWindowMs());
        out.judge(
                MachineRule.DUPLICATE,
                !seen,
                () -> seen ? "seen" : "not seen",
                () -> Long.toString(limits.duplicateWindowMs()));
    }

    private void judgeCover(Terms t, VerdictList out) {
        int digits = t.account().currency.digits();
        if (t.request().side() == Side.BUY) {
            long reserve = Reservations.toReserveMinor(t);
            long need = reserve - t.replaced().map(o -> o.reservedMinor).orElse(0L);
            long power = t.account().buyingPowerMinor();
            out.judge(
                    MachineRule.BUYING_POWER,
                    need <= power || need <= 0,
                    () -> money(reserve == Wide.TOO_BIG ? Wide.TOO_BIG : need, digits),
                    () -> money(power, digits));
        } else {
            Position p = t.account().position(t.request().symbol());
            long need = t.toFillE8() - t.replaced().map(o -> o.reservedQtyE8).orElse(0L);
            out.judge(
                    MachineRule.POSITION,
                    need <= p.availableE8(),
                    () -> Scale8.text(need),
                    () -> Scale8.text(p.availableE8()));
        }
    }

    /** What the limits remember of the order. */
    Rows.Recent recent(Terms t) {
        OrderRequest r = t.request();
        return new Rows.Recent(
                t.account().entry,
                state.time.timeMs(),
                r.symbol(),
                r.side(),
                r.qtyE8(),
                r.limitPriceE8().orElse(0));
    }

    private static long priceE8(Terms t) {
        return t.request()
                .limitPriceE8()
                .orElse(t.reference().map(r -> r.priceE8()).orElse(0L));
    }

    private static String money(long minor, int digits) {
        return none(minor, BigDecimal.valueOf(minor, digits).toPlainString());
    }

    private static String none(long value, String text) {
        return value == Limits.NONE ? "unlimited" : text;
    }
}
