package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.sbe.BookFeeDecoder;
import org.hmsach.core.internal.sbe.BookFeeEncoder;
import org.hmsach.core.internal.sbe.CloseSessionDecoder;
import org.hmsach.core.internal.sbe.CloseSessionEncoder;
import org.hmsach.core.internal.sbe.OpenAccountDecoder;
import org.hmsach.core.internal.sbe.OpenAccountEncoder;
import org.hmsach.core.internal.sbe.OpenBusinessDateDecoder;
import org.hmsach.core.internal.sbe.OpenBusinessDateEncoder;
import org.hmsach.core.internal.sbe.RecordMarksDecoder;
import org.hmsach.core.internal.sbe.RecordMarksEncoder;
import org.hmsach.core.internal.sbe.RequestTransferDecoder;
import org.hmsach.core.internal.sbe.RequestTransferEncoder;
import org.hmsach.core.internal.sbe.SettleDecoder;
import org.hmsach.core.internal.sbe.SettleEncoder;
import org.hmsach.core.internal.sbe.UpdateTransferDecoder;
import org.hmsach.core.internal.sbe.UpdateTransferEncoder;

/** Fees, settlement, marks, business dates, transfers and accounts. */
final class BooksCommands {
    private BooksCommands() {}

    static void write(Out out, Commands.BookFee c) {
        BookFeeEncoder e = out.begin(new BookFeeEncoder());
        e.causeEntry(c.cause().entry()).causeIndex(c.cause().index());
        Words.put(e.order(), c.order());
        e.amountMinor(c.amountMinor());
        e.causeModule(c.cause().module()).execId(c.execId()).kind(c.kind());
        out.end(e);
    }

    static Commands.BookFee readFee(In in) throws MalformedFrameException {
        BookFeeDecoder d = in.begin(new BookFeeDecoder());
        Cause cause = new Cause(d.causeModule(), d.causeEntry(), d.causeIndex());
        UUID order = Words.uuid(d.order());
        Commands.BookFee c = new Commands.BookFee(cause, order, d.execId(), d.amountMinor(), d.kind());
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.Settle c) {
        SettleEncoder e = out.begin(new SettleEncoder());
        e.causeEntry(c.cause().entry())
                .causeIndex(c.cause().index())
                .upToDay(c.upTo().toEpochDay())
                .max(c.max())
                .causeModule(c.cause().module());
        out.end(e);
    }

    static Commands.Settle readSettle(In in) throws MalformedFrameException {
        SettleDecoder d = in.begin(new SettleDecoder());
        Cause cause = new Cause(d.causeModule(), d.causeEntry(), d.causeIndex());
        in.end(d);
        return new Commands.Settle(cause, Words.date(d.upToDay()), d.max());
    }

    static void write(Out out, Commands.RecordMarks c) {
        RecordMarksEncoder e = out.begin(new RecordMarksEncoder());
        e.causeEntry(c.cause().entry()).causeIndex(c.cause().index()).closing(Words.flag(c.closing()));
        RecordMarksEncoder.MarksEncoder group = e.marksCount(c.marks().size());
        for (Commands.Mark m : c.marks()) {
            group.next()
                    .priceE8(m.price().priceE8())
                    .feedTimeMs(m.price().feedTimeMs())
                    .symbol(m.symbol())
                    .source(m.price().source());
        }
        e.causeModule(c.cause().module());
        out.end(e);
    }

    static Commands.RecordMarks readMarks(In in) throws MalformedFrameException {
        RecordMarksDecoder d = in.begin(new RecordMarksDecoder());
        List<Commands.Mark> marks = new ArrayList<>();
        for (RecordMarksDecoder.MarksDecoder m : d.marks()) {
            String symbol = m.symbol();
            marks.add(new Commands.Mark(symbol, new ReferencePrice(m.priceE8(), m.source(), m.feedTimeMs())));
        }
        Cause cause = new Cause(d.causeModule(), d.causeEntry(), d.causeIndex());
        in.end(d);
        return new Commands.RecordMarks(cause, marks, Words.flag(d.closing()));
    }

    static void write(Out out, Commands.OpenBusinessDate c) {
        OpenBusinessDateEncoder e = out.begin(new OpenBusinessDateEncoder());
        e.day(c.date().toEpochDay()).settleDay(c.settleDate().toEpochDay());
        out.end(e);
    }

    static Commands.OpenBusinessDate readOpenDate(In in) throws MalformedFrameException {
        OpenBusinessDateDecoder d = in.begin(new OpenBusinessDateDecoder());
        in.end(d);
        LocalDate date = Words.date(d.day());
        return new Commands.OpenBusinessDate(date, Words.date(d.settleDay()));
    }

    static void write(Out out, Commands.CloseSession c) {
        CloseSessionEncoder e = out.begin(new CloseSessionEncoder());
        e.day(c.date().toEpochDay());
        out.end(e);
    }

    static Commands.CloseSession readCloseSession(In in) throws MalformedFrameException {
        CloseSessionDecoder d = in.begin(new CloseSessionDecoder());
        in.end(d);
        return new Commands.CloseSession(Words.date(d.day()));
    }

    static void write(Out out, Commands.RequestTransfer c) {
        RequestTransferEncoder e = out.begin(new RequestTransferEncoder());
        Words.put(e.account(), c.account());
        e.direction(Twins.DIRECTIONS.wire(c.direction()))
                .amountMinor(c.amount().minor())
                .digits((short) c.amount().currency().digits())
                .currency(c.amount().currency().code())
                .rail(c.rail());
        out.end(e);
    }

    static Commands.RequestTransfer readRequestTransfer(In in) throws MalformedFrameException {
        RequestTransferDecoder d = in.begin(new RequestTransferDecoder());
        Money amount = new Money(new Currency(d.currency(), d.digits()), d.amountMinor());
        String rail = d.rail();
        in.end(d);
        Direction direction = Twins.DIRECTIONS.own(d.direction());
        return new Commands.RequestTransfer(Words.uuid(d.account()), direction, amount, rail);
    }

    static void write(Out out, Commands.UpdateTransfer c) {
        UpdateTransferEncoder e = out.begin(new UpdateTransferEncoder());
        e.hasCause(Words.flag(c.cause().isPresent()))
                .causeEntry(c.cause().map(Cause::entry).orElse(0L))
                .causeIndex(c.cause().map(Cause::index).orElse(0));
        Words.put(e.transfer(), c.transfer());
        e.state(Twins.TRANSFER_STATES.wire(c.state()));
        e.causeModule(c.cause().map(Cause::module).orElse("")).detail(c.detail());
        out.end(e);
    }

    static Commands.UpdateTransfer readUpdateTransfer(In in) throws MalformedFrameException {
        UpdateTransferDecoder d = in.begin(new UpdateTransferDecoder());
        String module = d.causeModule();
        String detail = d.detail();
        in.end(d);
        Optional<Cause> cause = Words.flag(d.hasCause())
                ? Optional.of(new Cause(module, d.causeEntry(), d.causeIndex()))
                : Optional.empty();
        TransferState state = Twins.TRANSFER_STATES.own(d.state());
        return new Commands.UpdateTransfer(cause, Words.uuid(d.transfer()), state, detail);
    }

    static void write(Out out, Commands.OpenAccount c) {
        OpenAccountEncoder e = out.begin(new OpenAccountEncoder());
        e.digits((short) c.currency().digits()).currency(c.currency().code());
        out.end(e);
    }

    static Commands.OpenAccount readOpenAccount(In in) throws MalformedFrameException {
        OpenAccountDecoder d = in.begin(new OpenAccountDecoder());
        Commands.OpenAccount c = new Commands.OpenAccount(new Currency(d.currency(), d.digits()));
        in.end(d);
        return c;
    }
}
