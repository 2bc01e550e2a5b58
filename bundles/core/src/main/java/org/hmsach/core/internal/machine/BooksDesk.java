package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.Shape;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.codec.Rows;

/** Fees, settlement, marks and business dates. */
final class BooksDesk {
    private static final int MAX_SETTLED_AT_ONCE = 10_000;
    private static final int MAX_MARKS = 1_000;

    private final State state;
    private final Reservations reservations;
    private final VenueDesk venues;

    BooksDesk(State state, Reservations reservations, VenueDesk venues) {
        this.state = state;
        this.reservations = reservations;
        this.venues = venues;
    }

    Answer fee(Commands.BookFee c) {
        Optional<OrderEntry> found = state.orders.find(c.order());
        if (found.isEmpty()) {
            return Shapes.notFound("order", "order " + c.order() + " does not exist");
        }
        boolean shaped = Shape.isPrintable(c.execId(), 64) && Shapes.hasLength(c.kind(), 1, 32);
        if (!shaped || c.amountMinor() <= 0 || c.amountMinor() > Ledger.MAX_LEG) {
            return Shapes.invalid("fee", "amount " + c.amountMinor() + ", kind or execution id is out of range");
        }
        OrderEntry o = found.get();
        AccountState a = o.account;
        Posting posting = new Posting(Events.PostingKind.FEE, o.id, c.kind());
        posting.cash(Posting.CASH_UNSETTLED, a, -c.amountMinor());
        posting.house(Posting.FEES, a.currency.code(), c.amountMinor());
        if (!state.ledger.fits(posting)) {
            return Shapes.invalid("fee", "the fee is too large to be booked");
        }
        state.ledger.post(posting);
        state.obligations.add(new Rows.Obligation(
                state.obligations.takeNumber(),
                state.time.settleDate(),
                a.entry,
                "",
                -c.amountMinor(),
                0,
                false,
                o.id));
        reservations.feeBooked(o, c.amountMinor());
        return Answer.done(o.id);
    }

    Answer settle(Commands.Settle c) {
        if (c.max() < 1 || c.max() > MAX_SETTLED_AT_ONCE) {
            return Shapes.invalid("max", "max " + c.max() + " is outside 1 to " + MAX_SETTLED_AT_ONCE);
        }
        if (state.time.date().isEmpty() || c.upTo().isAfter(state.time.dateOrEpoch())) {
            return Shapes.invalid("up_to", c.upTo() + " is after the business date " + state.time.dateOrEpoch());
        }
        List<Rows.Obligation> due = state.obligations.takeDue(c.upTo(), c.max());
        due.forEach(this::settle);
        state.emitter.emit(
                new Events.Settled(state.emitter.header(), c.upTo(), due.size(), state.obligations.countDue(c.upTo())));
        return Answer.DONE;
    }

    /** Moves unsettled to settled; what was bought or sold on the street also leaves or reaches bank and custody. */
    private void settle(Rows.Obligation o) {
        AccountState a = state.accounts.get(o.accountEntry());
        Posting p = new Posting(Events.PostingKind.SETTLEMENT, o.subject(), Long.toString(o.number()));
        p.cash(Posting.CASH_UNSETTLED, a, -o.cashMinor());
        p.cash(Posting.CASH_SETTLED, a, o.cashMinor());
        p.position(Posting.POSITION_UNSETTLED, a, o.symbol(), -o.qtyE8());
        p.position(Posting.POSITION_SETTLED, a, o.symbol(), o.qtyE8());
        if (o.street()) {
            String currency = a.currency.code();
            p.house(Posting.STREET, currency, o.cashMinor());
            p.house(Posting.BANK, currency, -o.cashMinor());
            p.house(Posting.STREET, o.symbol(), o.qtyE8());
            p.house(Posting.CUSTODY, o.symbol(), -o.qtyE8());
        }
        state.ledger.post(p);
    }

    Answer marks(Commands.RecordMarks c) {
        if (c.marks().isEmpty() || c.marks().size() > MAX_MARKS) {
            return Shapes.invalid("marks", c.marks().size() + " marks are outside 1 to " + MAX_MARKS);
        }
        for (Commands.Mark m : c.marks()) {
            if (!state.rules.instruments.containsKey(m.symbol())) {
                return Answer.refused(Refused.of(
                        Reason.UNKNOWN_SYMBOL, "symbol", "symbol " + Shapes.shown(m.symbol()) + " is unknown"));
            }
        }
        for (Commands.Mark m : c.marks()) {
            state.rules.marks.put(m.symbol(), m.price());
            state.emitter.emit(new Events.Marked(state.emitter.header(), m.symbol(), m.price(), c.closing()));
        }
        state.rules.changed();
        state.changes.rules();
        if (c.closing()) {
            for (AccountState a : state.accounts.all()) {
                a.lastDayEquityMinor = a.equityMinor(this::valueMinor);
                state.changes.account(a);
            }
        }
        return Answer.DONE;
    }

    private long valueMinor(Position p, Currency currency) {
        ReferencePrice mark = state.rules.marks.get(p.symbol());
        return mark == null ? p.totalCostMinor() : Wide.cash(mark.priceE8(), p.qtyE8(), currency.digits());
    }

    Answer openDate(Commands.OpenBusinessDate c) {
        if (state.time.sessionOpen()) {
            return Answer.refused(Refused.of(
                    Reason.ILLEGAL_TRANSITION,
                    "session",
                    "the session of " + state.time.dateOrEpoch() + " is still open"));
        }
        Optional<LocalDate> last = state.time.date();
        if (last.isPresent() && !c.date().isAfter(last.get())) {
            return Shapes.invalid("date", c.date() + " is not after the last business date " + last.get());
        }
        if (!c.settleDate().isAfter(c.date())) {
            return Shapes.invalid("settle_date", c.settleDate() + " is not after " + c.date());
        }
        reservations.feesFinishedUntil(state.time.entry());
        state.time.open(c.date(), c.settleDate());
        long today = state.time.dayNumber();
        state.orders.forgetClosed(today).forEach(o -> state.changes.forgotten(o.id));
        state.keys.forget(today);
        state.venues.forgetExecutions(today);
        state.emitter.emit(new Events.SessionChanged(state.emitter.header(), c.date(), true));
        return Answer.DONE;
    }

    Answer closeSession(Commands.CloseSession c) {
        if (!state.time.sessionOpen() || !state.time.dateOrEpoch().equals(c.date())) {
            return Answer.refused(
                    Refused.of(Reason.ILLEGAL_TRANSITION, "session", "the session of " + c.date() + " is not open"));
        }
        state.time.closeSession();
        for (OrderEntry o : state.orders.open()) {
            if (o.request.timeInForce() != TimeInForce.GTC) {
                venues.end(o, OrderState.EXPIRED, Events.OrderEventKind.EXPIRED, "the session closed");
            }
        }
        state.emitter.emit(new Events.SessionChanged(state.emitter.header(), c.date(), false));
        return Answer.DONE;
    }
}
