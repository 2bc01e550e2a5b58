package org.hmsach.core.internal.machine;

import java.math.BigDecimal;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.Shape;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.Events;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;

/** Cash in and out. Who may ask is decided by the module that offers transfers: operators have no grant. */
final class TransferDesk {
    private final State state;

    TransferDesk(State state) {
        this.state = state;
    }

    Answer request(Commands.RequestTransfer c) {
        Optional<AccountState> found = state.accounts.find(c.account());
        if (found.isEmpty()) {
            return Shapes.notFound("account", "account " + c.account() + " does not exist");
        }
        AccountState a = found.get();
        long minor = c.amount().minor();
        if (!c.amount().currency().equals(a.currency)) {
            return Shapes.invalid("currency", "the account is in " + a.currency.code());
        }
        if (minor <= 0 || minor > Ledger.MAX_LEG || !Shape.isName(c.rail(), 32)) {
            return Shapes.invalid("transfer", "amount " + c.amount().decimal() + " or rail is out of range");
        }
        if (c.direction() == Direction.OUTGOING && minor > a.withdrawableMinor()) {
            return Answer.refused(Refused.of(
                    Reason.INSUFFICIENT_BUYING_POWER,
                    "amount",
                    "amount " + c.amount().decimal() + " is above what can be withdrawn",
                    c.amount().decimal(),
                    BigDecimal.valueOf(a.withdrawableMinor(), a.currency.digits())
                            .toPlainString()));
        }
        Transfer t = new Transfer(
                state.newId(),
                a.id,
                c.direction(),
                c.amount(),
                c.rail(),
                TransferState.QUEUED,
                "",
                state.time.dateOrEpoch(),
                state.time.timeMs(),
                state.time.timeMs());
        hold(a, t, minor);
        put(t);
        return Answer.done(t.id());
    }

    Answer update(Commands.UpdateTransfer c) {
        Optional<Transfer> found = state.transfers.find(c.transfer());
        if (found.isEmpty()) {
            return Shapes.notFound("transfer", "transfer " + c.transfer() + " does not exist");
        }
        Transfer old = found.get();
        if (c.detail().length() > 200) {
            return Shapes.invalid("detail", "the detail has more than 200 characters");
        }
        if (!old.state().canBecome(c.state())) {
            return Answer.refused(Refused.of(
                    Reason.ILLEGAL_TRANSITION,
                    "transfer",
                    "transfer " + old.id() + " is " + old.state() + " and cannot become " + c.state()));
        }
        AccountState a = state.accounts.find(old.account()).orElseThrow();
        Posting posting = posting(old, a, c.state());
        if (!state.ledger.fits(posting)) {
            return Shapes.invalid("transfer", "the transfer is too large to be booked");
        }
        if (old.state().isOpen() && !c.state().isOpen()) {
            hold(a, old, -old.amount().minor());
        }
        put(new Transfer(
                old.id(),
                old.account(),
                old.direction(),
                old.amount(),
                old.rail(),
                c.state(),
                c.detail(),
                old.businessDate(),
                old.createdMs(),
                state.time.timeMs()));
        state.ledger.post(posting);
        return Answer.done(old.id());
    }

    private void hold(AccountState a, Transfer t, long minor) {
        if (t.direction() == Direction.OUTGOING) {
            a.heldMinor += minor;
            state.changes.account(a);
        }
    }

    private void put(Transfer t) {
        state.transfers.put(t);
        state.changes.transfer(t.id());
        state.emitter.emit(new Events.TransferChanged(state.emitter.header(), t));
    }

    /** What the step books: the money moves at COMPLETE and back at RETURNED after it; all else books nothing. */
    private static Posting posting(Transfer t, AccountState a, TransferState next) {
        boolean back = t.state() == TransferState.COMPLETE && next == TransferState.RETURNED;
        Events.PostingKind kind = back ? Events.PostingKind.TRANSFER_RETURN : Events.PostingKind.TRANSFER;
        Posting posting = new Posting(kind, t.id(), t.rail());
        if (back || next == TransferState.COMPLETE) {
            boolean in = (t.direction() == Direction.INCOMING) != back;
            long minor = in ? t.amount().minor() : -t.amount().minor();
            posting.cash(Posting.CASH_SETTLED, a, minor);
            posting.house(Posting.BANK, a.currency.code(), -minor);
        }
        return posting;
    }
}
