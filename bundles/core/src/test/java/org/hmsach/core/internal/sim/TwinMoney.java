package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;

/** The twin's answers about fees, settlement, marks, business dates and transfers. */
final class TwinMoney {
    private static final long LARGEST_LEG = 1L << 60;

    private final TwinBooks books;

    TwinMoney(TwinBooks books) {
        this.books = books;
    }

    TwinAnswer fee(Commands.BookFee c) {
        Optional<TwinOrder> found = books.order(c.order());
        if (found.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "order");
        }
        TwinOrder o = found.get();
        TwinAccount a = o.account;
        boolean shaped = c.execId().matches("[!-~]{1,64}")
                && !c.kind().isEmpty()
                && c.kind().length() <= 32;
        if (!shaped || c.amountMinor() <= 0 || c.amountMinor() > LARGEST_LEG) {
            return TwinAnswer.no(Reason.INVALID, "fee");
        }
        BigDecimal fee = Decimals.money(c.amountMinor(), a.digits());
        String code = a.currency.code();
        List<TwinBooks.Leg> legs = List.of(
                new TwinBooks.Leg("cash.unsettled", Optional.of(a), code, a.digits(), fee.negate()),
                new TwinBooks.Leg("house.fees", Optional.empty(), code, a.digits(), fee));
        if (!books.fits(legs)) {
            return TwinAnswer.no(Reason.INVALID, "fee");
        }
        a.unsettled = a.unsettled.subtract(fee);
        books.house("house.fees", code, fee);
        books.owe(a, "", fee.negate(), BigDecimal.ZERO, false);
        o.feeBooked = o.feeBooked.add(fee);
        return TwinAnswer.done(o.id);
    }

    TwinAnswer settle(Commands.Settle c) {
        if (c.max() < 1 || c.max() > 10_000) {
            return TwinAnswer.no(Reason.INVALID, "max");
        }
        if (books.date.isEmpty() || c.upTo().isAfter(books.date.get())) {
            return TwinAnswer.no(Reason.INVALID, "up_to");
        }
        List<TwinBooks.Obligation> due = books.obligations.stream()
                .filter(o -> !o.due().isAfter(c.upTo()))
                .sorted(Comparator.comparing(TwinBooks.Obligation::due).thenComparing(TwinBooks.Obligation::number))
                .limit(c.max())
                .toList();
        books.obligations.removeAll(due);
        due.forEach(this::settle);
        return TwinAnswer.DONE;
    }

    private void settle(TwinBooks.Obligation o) {
        TwinAccount a = o.account();
        a.unsettled = a.unsettled.subtract(o.cash());
        a.settled = a.settled.add(o.cash());
        if (!o.symbol().isEmpty()) {
            TwinAccount.Holding h = a.holding(o.symbol());
            h.settledQty = h.settledQty.add(o.qty());
        }
        if (o.street()) {
            String code = a.currency.code();
            books.house("house.street", code, o.cash());
            books.house("house.bank", code, o.cash().negate());
            books.house("house.street", o.symbol(), o.qty());
            books.house("house.custody", o.symbol(), o.qty().negate());
        }
    }

    TwinAnswer marks(Commands.RecordMarks c) {
        if (c.marks().isEmpty() || c.marks().size() > 1_000) {
            return TwinAnswer.no(Reason.INVALID, "marks");
        }
        if (!c.marks().stream().allMatch(m -> books.rules.instruments.containsKey(m.symbol()))) {
            return TwinAnswer.no(Reason.UNKNOWN_SYMBOL, "symbol");
        }
        c.marks().forEach(m -> books.rules.marks.put(m.symbol(), m.price()));
        if (c.closing()) {
            books.accounts.forEach(a -> a.lastDayEquity = equity(a));
        }
        return TwinAnswer.DONE;
    }

    /** Cash and what is held at the marks; at cost what has none. */
    private BigDecimal equity(TwinAccount a) {
        BigDecimal equity = a.settled.add(a.unsettled);
        for (TwinAccount.Holding h : a.holdings) {
            BigDecimal worth = books.rules.marks.containsKey(h.symbol)
                    ? Decimals.cash(Decimals.e8(books.rules.marks.get(h.symbol).priceE8()), h.qty, a.digits())
                    : h.cost;
            equity = equity.add(worth);
        }
        return equity;
    }

    TwinAnswer openDate(Commands.OpenBusinessDate c) {
        if (books.sessionOpen) {
            return TwinAnswer.no(Reason.ILLEGAL_TRANSITION, "session");
        }
        if (books.date.isPresent() && !c.date().isAfter(books.date.get())) {
            return TwinAnswer.no(Reason.INVALID, "date");
        }
        if (!c.settleDate().isAfter(c.date())) {
            return TwinAnswer.no(Reason.INVALID, "settle_date");
        }
        books.feesFinishedUntil(books.entry);
        books.date = Optional.of(c.date());
        books.settleDate = c.settleDate();
        books.sessionOpen = true;
        books.dayNumber++;
        books.forgetClosedOrders();
        books.rules.keys.removeIf(k -> books.dayNumber - k.day() > TwinBooks.KEPT_DAYS);
        books.rules.venues.values().forEach(v -> v.executions.values().removeIf(day -> books.dayNumber - day > 30));
        return TwinAnswer.DONE;
    }

    TwinAnswer closeSession(Commands.CloseSession c) {
        LocalDate today = books.date.orElse(TwinBooks.NO_DATE);
        if (!books.sessionOpen || !today.equals(c.date())) {
            return TwinAnswer.no(Reason.ILLEGAL_TRANSITION, "session");
        }
        books.sessionOpen = false;
        for (TwinOrder o : books.orders) {
            if (o.isOpen() && o.request.timeInForce() != TimeInForce.GTC) {
                o.close(OrderState.EXPIRED, books.dayNumber, books.timeMs);
            }
        }
        return TwinAnswer.DONE;
    }

    TwinAnswer transfer(Commands.RequestTransfer c) {
        Optional<TwinAccount> account = books.account(c.account());
        if (account.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "account");
        }
        Money amount = c.amount();
        TwinAccount a = account.get();
        if (!amount.currency().equals(a.currency)) {
            return TwinAnswer.no(Reason.INVALID, "currency");
        }
        boolean named = c.rail().matches("[a-z0-9.-]{1,32}");
        if (amount.minor() <= 0 || amount.minor() > LARGEST_LEG || !named) {
            return TwinAnswer.no(Reason.INVALID, "transfer");
        }
        BigDecimal money = Decimals.money(amount.minor(), a.digits());
        if (c.direction() == Direction.OUTGOING && Decimals.isAbove(money, books.withdrawable(a))) {
            return TwinAnswer.no(Reason.INSUFFICIENT_BUYING_POWER, "amount");
        }
        Transfer t = new Transfer(
                books.newId(),
                a.id,
                c.direction(),
                amount,
                c.rail(),
                TransferState.QUEUED,
                "",
                books.date.orElse(TwinBooks.NO_DATE),
                books.timeMs,
                books.timeMs);
        books.transfers.add(t);
        return TwinAnswer.done(t.id());
    }

    TwinAnswer transferStep(Commands.UpdateTransfer c) {
        Optional<Transfer> found = books.transfers.stream()
                .filter(t -> t.id().equals(c.transfer()))
                .findFirst();
        if (found.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "transfer");
        }
        Transfer t = found.get();
        if (c.detail().length() > 200) {
            return TwinAnswer.no(Reason.INVALID, "detail");
        }
        if (!TwinTables.transferMayStep(t.state(), c.state())) {
            return TwinAnswer.no(Reason.ILLEGAL_TRANSITION, "transfer");
        }
        TwinAccount a = books.account(t.account()).orElseThrow();
        BigDecimal amount = Decimals.money(t.amount().minor(), a.digits());
        BigDecimal in = t.direction() == Direction.INCOMING ? amount : amount.negate();
        boolean back = t.state() == TransferState.COMPLETE;
        BigDecimal moved = back ? in.negate() : c.state() == TransferState.COMPLETE ? in : BigDecimal.ZERO;
        String code = a.currency.code();
        List<TwinBooks.Leg> legs = List.of(
                new TwinBooks.Leg("cash.settled", Optional.of(a), code, a.digits(), moved),
                new TwinBooks.Leg("house.bank", Optional.empty(), code, a.digits(), moved.negate()));
        if (!books.fits(legs)) {
            return TwinAnswer.no(Reason.INVALID, "transfer");
        }
        a.settled = a.settled.add(moved);
        books.house("house.bank", code, moved.negate());
        Transfer next = new Transfer(
                t.id(),
                t.account(),
                t.direction(),
                t.amount(),
                t.rail(),
                c.state(),
                c.detail(),
                t.businessDate(),
                t.createdMs(),
                books.timeMs);
        books.transfers.set(books.transfers.indexOf(t), next);
        return TwinAnswer.done(t.id());
    }
}
