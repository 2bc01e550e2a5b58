package org.hmsach.core.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.core.internal.sbe.*;

/** Postings, settlement, marks, transfers, accounts, dates, refusals. */
final class BooksEvents {
    private BooksEvents() {}

    static void write(Out out, Events.Posted x) {
        PostedEncoder e = out.begin(new PostedEncoder());
        e.kind(Twins.POSTINGS.wire(x.kind()));
        Words.put(e.subject(), x.subject());
        PostedEncoder.LegsEncoder group = e.legsCount(x.legs().size());
        for (Events.Leg leg : x.legs()) {
            group.next().amount(leg.amount());
            Words.put(group.account(), leg.account());
            group.ledgerAccount(leg.ledgerAccount()).asset(leg.asset());
        }
        e.detail(x.detail());
        out.end(e);
    }

    static Events.Posted readPosted(In in, EventHeader h) throws MalformedFrameException {
        PostedDecoder d = in.begin(new PostedDecoder());
        List<Events.Leg> legs = new ArrayList<>();
        for (PostedDecoder.LegsDecoder l : d.legs()) {
            Optional<UUID> account = Words.uuid(l.account());
            String ledgerAccount = in.known(d);
            legs.add(new Events.Leg(ledgerAccount, account, in.known(d), l.amount()));
        }
        Events.PostingKind kind = Twins.POSTINGS.own(d.kind());
        Events.Posted x = new Events.Posted(h, kind, Words.uuid(d.subject()), d.detail(), List.copyOf(legs));
        in.end(d);
        return x;
    }

    static void write(Out out, Events.AccountOpened x) {
        AccountOpenedEncoder e = out.begin(new AccountOpenedEncoder());
        Words.put(e.account(), x.account());
        e.digits((short) x.currency().digits()).currency(x.currency().code());
        out.end(e);
    }

    static Events.AccountOpened readAccountOpened(In in, EventHeader h) throws MalformedFrameException {
        AccountOpenedDecoder d = in.begin(new AccountOpenedDecoder());
        Currency currency = new Currency(d.currency(), d.digits());
        in.end(d);
        return new Events.AccountOpened(h, Words.uuid(d.account()), currency);
    }

    static void write(Out out, Events.SessionChanged x) {
        SessionChangedEncoder e = out.begin(new SessionChangedEncoder());
        e.day(x.date().toEpochDay()).open(Words.flag(x.open()));
        out.end(e);
    }

    static Events.SessionChanged readSession(In in, EventHeader h) throws MalformedFrameException {
        SessionChangedDecoder d = in.begin(new SessionChangedDecoder());
        in.end(d);
        return new Events.SessionChanged(h, Words.date(d.day()), Words.flag(d.open()));
    }

    static void write(Out out, Events.Settled x) {
        SettledEncoder e = out.begin(new SettledEncoder());
        e.upToDay(x.upTo().toEpochDay()).settled(x.settled()).remaining(x.remaining());
        out.end(e);
    }

    static Events.Settled readSettled(In in, EventHeader h) throws MalformedFrameException {
        SettledDecoder d = in.begin(new SettledDecoder());
        in.end(d);
        return new Events.Settled(h, Words.date(d.upToDay()), d.settled(), d.remaining());
    }

    static void write(Out out, Events.Marked x) {
        MarkedEncoder e = out.begin(new MarkedEncoder());
        e.priceE8(x.price().priceE8())
                .feedTimeMs(x.price().feedTimeMs())
                .closing(Words.flag(x.closing()))
                .symbol(x.symbol())
                .source(x.price().source());
        out.end(e);
    }

    static Events.Marked readMarked(In in, EventHeader h) throws MalformedFrameException {
        MarkedDecoder d = in.begin(new MarkedDecoder());
        String symbol = d.symbol();
        ReferencePrice price = new ReferencePrice(d.priceE8(), d.source(), d.feedTimeMs());
        in.end(d);
        return new Events.Marked(h, symbol, price, Words.flag(d.closing()));
    }

    static void write(Out out, Transfer t) {
        TransferPartEncoder e = out.begin(new TransferPartEncoder());
        Words.put(e.transferId(), t.id());
        Words.put(e.account(), t.account());
        e.direction(Twins.DIRECTIONS.wire(t.direction()))
                .amountMinor(t.amount().minor())
                .digits((short) t.amount().currency().digits())
                .state(Twins.TRANSFER_STATES.wire(t.state()))
                .businessDay(t.businessDate().toEpochDay())
                .createdMs(t.createdMs())
                .updatedMs(t.updatedMs())
                .currency(t.amount().currency().code())
                .rail(t.rail())
                .detail(t.detail());
        out.end(e);
    }

    static Transfer readTransfer(In in) throws MalformedFrameException {
        TransferPartDecoder d = in.begin(new TransferPartDecoder());
        Money amount = new Money(new Currency(d.currency(), d.digits()), d.amountMinor());
        String rail = d.rail();
        String detail = d.detail();
        in.end(d);
        return new Transfer(
                Words.uuid(d.transferId()),
                Words.uuid(d.account()),
                Twins.DIRECTIONS.own(d.direction()),
                amount,
                rail,
                Twins.TRANSFER_STATES.own(d.state()),
                detail,
                Words.date(d.businessDay()),
                d.createdMs(),
                d.updatedMs());
    }

    static void write(Out out, Events.CommandRefused x) {
        CommandRefusedEncoder e = out.begin(new CommandRefusedEncoder());
        e.hasCause(Words.flag(x.cause().isPresent()))
                .causeEntry(x.cause().map(Cause::entry).orElse(0L))
                .causeIndex(x.cause().map(Cause::index).orElse(0))
                .command(x.command())
                .causeModule(x.cause().map(Cause::module).orElse(""));
        out.end(e);
        RuleParts.writeRefusal(out, x.refusal());
    }

    static Events.CommandRefused readRefused(In in, EventHeader h) throws MalformedFrameException {
        CommandRefusedDecoder d = in.begin(new CommandRefusedDecoder());
        String command = d.command();
        String module = d.causeModule();
        in.end(d);
        Optional<Cause> cause = Words.flag(d.hasCause())
                ? Optional.of(new Cause(module, d.causeEntry(), d.causeIndex()))
                : Optional.empty();
        return new Events.CommandRefused(h, command, cause, RuleParts.readRefusal(in));
    }
}
