package org.hmsach.core.internal.codec;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.core.internal.sbe.*;

/** Rows of the ledger, of venues, causes and keys. */
final class LedgerRows {
    private LedgerRows() {}

    static void write(Out out, Rows.Key r) {
        KeyRowEncoder e = out.begin(new KeyRowEncoder());
        Words.put(e.principal(), r.principal());
        e.bodyHash(r.bodyHash());
        Words.put(e.subject(), r.subject());
        e.dayNumber(r.dayNumber()).key(r.key());
        out.end(e);
    }

    static Rows.Key readKey(In in) throws MalformedFrameException {
        KeyRowDecoder d = in.begin(new KeyRowDecoder());
        String key = d.key();
        in.end(d);
        UUID principal = Words.uuid(d.principal());
        Optional<UUID> subject = Words.uuid(d.subject());
        return new Rows.Key(principal, key, d.bodyHash(), subject, d.dayNumber());
    }

    static void write(Out out, Rows.Venue r) {
        VenueRowEncoder e = out.begin(new VenueRowEncoder());
        e.internal(Words.flag(r.internal())).incarnation(r.incarnation()).venue(r.venue());
        out.end(e);
    }

    static Rows.Venue readVenue(In in) throws MalformedFrameException {
        VenueRowDecoder d = in.begin(new VenueRowDecoder());
        Rows.Venue r = new Rows.Venue(d.venue(), Words.flag(d.internal()), d.incarnation());
        in.end(d);
        return r;
    }

    static void write(Out out, Rows.Execution r) {
        ExecutionRowEncoder e = out.begin(new ExecutionRowEncoder());
        e.dayNumber(r.dayNumber()).venue(r.venue()).execId(r.execId());
        out.end(e);
    }

    static Rows.Execution readExecution(In in) throws MalformedFrameException {
        ExecutionRowDecoder d = in.begin(new ExecutionRowDecoder());
        Rows.Execution r = new Rows.Execution(d.venue(), d.execId(), d.dayNumber());
        in.end(d);
        return r;
    }

    static void write(Out out, Rows.CauseTaken r) {
        CauseRowEncoder e = out.begin(new CauseRowEncoder());
        e.entry(r.entry()).index(r.index()).module(r.module());
        out.end(e);
    }

    static Rows.CauseTaken readCause(In in) throws MalformedFrameException {
        CauseRowDecoder d = in.begin(new CauseRowDecoder());
        Rows.CauseTaken r = new Rows.CauseTaken(d.module(), d.entry(), d.index());
        in.end(d);
        return r;
    }

    static void write(Out out, Rows.Obligation r) {
        ObligationRowEncoder e = out.begin(new ObligationRowEncoder());
        e.number(r.number())
                .settleDay(r.settleDate().toEpochDay())
                .accountEntry(r.accountEntry())
                .cashMinor(r.cashMinor())
                .qtyE8(r.qtyE8())
                .street(Words.flag(r.street()));
        Words.put(e.subject(), r.subject());
        e.symbol(r.symbol());
        out.end(e);
    }

    static Rows.Obligation readObligation(In in) throws MalformedFrameException {
        ObligationRowDecoder d = in.begin(new ObligationRowDecoder());
        String symbol = d.symbol();
        in.end(d);
        return new Rows.Obligation(
                d.number(),
                Words.date(d.settleDay()),
                d.accountEntry(),
                symbol,
                d.cashMinor(),
                d.qtyE8(),
                Words.flag(d.street()),
                Words.uuid(d.subject()));
    }

    static void write(Out out, Rows.House r) {
        HouseRowEncoder e = out.begin(new HouseRowEncoder());
        e.amount(r.amount()).ledgerAccount(r.ledgerAccount()).asset(r.asset());
        out.end(e);
    }

    static Rows.House readHouse(In in) throws MalformedFrameException {
        HouseRowDecoder d = in.begin(new HouseRowDecoder());
        Rows.House r = new Rows.House(d.ledgerAccount(), d.asset(), d.amount());
        in.end(d);
        return r;
    }
}
