package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.Refused;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.MachineView;

/** Holds the machine against its twin. */
final class Comparison {
    private final Twin twin;

    Comparison(Twin twin) {
        this.twin = twin;
    }

    void answers(Answer real, TwinAnswer expected) {
        Optional<String> refusal = real.refusal().map(Comparison::key);
        if (expected.refusal().equals(Optional.of(TwinAnswer.ANY))) {
            same("refused", true, refusal.isPresent());
            return;
        }
        same("answer", expected, new TwinAnswer(real.subject(), real.duplicate(), refusal));
    }

    private static String key(Refused refusal) {
        return refusal.reason() + " " + refusal.rule();
    }

    /** What the last entry has changed, as far as the machine knows. */
    void touched(MachineView machine) {
        MachineView.Touched touched = machine.touched();
        for (UUID id : touched.accounts()) {
            account(machine.account(id).orElseThrow(), twin.books.account(id).orElseThrow());
        }
        for (UUID id : touched.orders()) {
            order(machine.order(id).orElseThrow(), twin.books.order(id).orElseThrow());
        }
        for (CoreControl.AssetSum sum : machine.sums()) {
            if (sum.sum() != 0) {
                throw new AssertionError("the sum of " + sum.asset() + " is " + sum.sum());
            }
        }
    }

    /** Everything, also what should not have changed. */
    void everything(MachineView machine) {
        TwinBooks books = twin.books;
        same("business date", books.date, machine.businessDate());
        same("session", books.sessionOpen, machine.sessionOpen());
        same("bookmarks", books.rules.bookmarks, machine.bookmarks());
        same("obligations", books.obligationsByDate(), machine.openObligations());
        same("transfers", books.transfers, machine.transfers());
        same("marks", books.rules.marks, machine.ruleBook().marks());
        same("instruments", books.rules.instruments, machine.ruleBook().instruments());
        same("revoked keys", books.rules.revokedKeys, machine.ruleBook().revokedKeys());
        List<Account> accounts = machine.accounts();
        same("number of accounts", books.accounts.size(), accounts.size());
        for (int i = 0; i < accounts.size(); i++) {
            account(accounts.get(i), books.accounts.get(i));
        }
        List<Order> orders = machine.orders();
        same("number of orders", books.orders.size(), orders.size());
        for (int i = 0; i < orders.size(); i++) {
            order(orders.get(i), books.orders.get(i));
        }
    }

    private void account(Account real, TwinAccount a) {
        int digits = a.digits();
        same("id", a.id, a.id, real.id());
        same("currency", a.id, a.currency, real.currency());
        same("created", a.id, a.createdMs, real.createdMs());
        same("settled cash", a.id, Decimals.toMinor(a.settled, digits), real.settledMinor());
        same("unsettled cash", a.id, Decimals.toMinor(a.unsettled, digits), real.unsettledMinor());
        same("reserved cash", a.id, Decimals.toMinor(twin.books.reservedCash(a), digits), real.reservedMinor());
        same("held cash", a.id, Decimals.toMinor(twin.books.held(a), digits), real.heldMinor());
        same("buying power", a.id, Decimals.toMinor(twin.books.buyingPower(a), digits), real.buyingPowerMinor());
        same("open orders", a.id, twin.books.openOrders(a), real.openOrders());
        same("blocked", a.id, twin.books.rules.stopped.contains(a.id), real.blocked());
        same("last day equity", a.id, Decimals.toMinor(a.lastDayEquity, digits), real.lastDayEquityMinor());
        List<Position> expected = new ArrayList<>();
        for (TwinAccount.Holding h : a.holdings) {
            BigDecimal reserved = twin.books.reservedQty(a, h.symbol);
            if (h.qty.signum() != 0) {
                expected.add(new Position(
                        h.symbol,
                        Decimals.toE8(h.qty),
                        Decimals.toE8(h.settledQty),
                        Decimals.toE8(reserved),
                        Decimals.toMinor(h.cost, digits),
                        Decimals.toMinor(h.realised, digits)));
            }
        }
        expected.sort((p, q) -> p.symbol().compareTo(q.symbol()));
        same("positions", a.id, expected, real.positions());
    }

    private static void order(Order real, TwinOrder o) {
        same("id", o.id, o.id, real.id());
        same("state", o.id, o.state, real.state());
        same("request", o.id, o.request, real.request());
        same("venue", o.id, o.venue, real.venue());
        same("priority", o.id, o.priority, real.priority());
        same("filled", o.id, Decimals.toE8(o.filled), real.filledE8());
        same("filled value", o.id, Decimals.toE8(o.filledValue), real.filledValueE8());
        long reserved = Decimals.toMinor(o.reservedCash(), o.account.digits());
        same("reserved cash", o.id, reserved, real.reservedMinor());
        same("reserved quantity", o.id, Decimals.toE8(o.reservedQty()), real.reservedQtyE8());
        same("replacement", o.id, o.wanted.map(TwinOrder.Wanted::terms), real.replacement());
        same("replaces", o.id, o.replaces, real.replaces());
        same("replaced by", o.id, o.replacedBy, real.replacedBy());
        same("refusal", o.id, o.refusal, real.refusal().map(Comparison::key));
        LocalDate date = real.businessDate();
        same("business date", o.id, o.businessDate, date);
        same("created", o.id, o.createdMs, real.createdMs());
        same("updated", o.id, o.updatedMs, real.updatedMs());
    }

    /** As {@link #same(String, Object, Object)}; texts are made only when somebody will read them. */
    private static void same(String what, UUID whose, Object expected, Object real) {
        if (!expected.equals(real)) {
            same(what + " of " + whose, expected, real);
        }
    }

    static void same(String what, Object expected, Object real) {
        if (!expected.equals(real)) {
            throw new AssertionError(what + ": the twin has " + expected + ", the machine " + real);
        }
    }
}
