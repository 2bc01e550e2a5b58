package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.codec.Genesis;

/** Gives each command to the desk that knows it. */
final class Desks {
    private final State state;
    private final OrderDesk orders;
    private final ReplaceDesk replacements;
    private final FillDesk fills;
    private final VenueDesk venues;
    private final BooksDesk books;
    private final TransferDesk transfers;
    private final RuleDesk rules;
    private final Bookkeeping bookkeeping;

    Desks(State state) {
        this.state = state;
        Reservations reservations = new Reservations(state);
        orders = new OrderDesk(state, reservations);
        replacements = new ReplaceDesk(state, orders, reservations);
        fills = new FillDesk(state, reservations);
        venues = new VenueDesk(state, orders, replacements, reservations);
        books = new BooksDesk(state, reservations, venues);
        transfers = new TransferDesk(state);
        rules = new RuleDesk(state);
        bookkeeping = new Bookkeeping(state, reservations);
    }

    Answer handle(Command command) {
        if (state.clusterId == 0) {
            return command instanceof Genesis g
                    ? bookkeeping.genesis(g)
                    : Answer.refused(Refused.of(Reason.UNSUPPORTED, "genesis", "the cluster has no name yet"));
        }
        return handleOrder(command)
                .or(() -> handleBooks(command))
                .or(() -> rules.handle(command))
                .or(() -> bookkeeping.handle(command))
                .orElseGet(() -> Answer.refused(Refused.of(
                        Reason.UNSUPPORTED, "command", "version " + state.version + " does not know the command")));
    }

    List<Verdict> evaluate(Commands.PlaceOrder order) {
        return orders.evaluate(order);
    }

    private Optional<Answer> handleOrder(Command command) {
        Answer answer;
        if (command instanceof Commands.PlaceOrder c) {
            answer = orders.place(c);
        } else if (command instanceof Commands.CancelOrder c) {
            answer = orders.cancel(c);
        } else if (command instanceof Commands.ReplaceOrder c) {
            answer = replacements.request(c);
        } else if (command instanceof Commands.ReportFill c) {
            answer = fills.fill(c);
        } else if (command instanceof Commands.ReportTrade c) {
            answer = fills.trade(c);
        } else if (command instanceof Commands.ReportOrder c) {
            answer = venues.report(c);
        } else if (command instanceof Commands.OpenVenue c) {
            answer = venues.open(c);
        } else {
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    private Optional<Answer> handleBooks(Command command) {
        Answer answer;
        if (command instanceof Commands.BookFee c) {
            answer = books.fee(c);
        } else if (command instanceof Commands.Settle c) {
            answer = books.settle(c);
        } else if (command instanceof Commands.RecordMarks c) {
            answer = books.marks(c);
        } else if (command instanceof Commands.OpenBusinessDate c) {
            answer = books.openDate(c);
        } else if (command instanceof Commands.CloseSession c) {
            answer = books.closeSession(c);
        } else if (command instanceof Commands.RequestTransfer c) {
            answer = transfers.request(c);
        } else if (command instanceof Commands.UpdateTransfer c) {
            answer = transfers.update(c);
        } else {
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    /** The cause that a module's command names. */
    static Optional<Cause> cause(Command command) {
        if (command instanceof Commands.ReportFill c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.ReportTrade c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.ReportOrder c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.BookFee c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.Settle c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.RecordMarks c) {
            return Optional.of(c.cause());
        } else if (command instanceof Commands.UpdateTransfer c) {
            return c.cause();
        }
        return Optional.empty();
    }
}
