package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import java.util.Optional;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.core.internal.sbe.*;

/** Rows of accounts, orders and dates. */
final class StateRows {
    private StateRows() {}

    static void write(Out out, Rows.Machine r) {
        MachineRowEncoder e = out.begin(new MachineRowEncoder());
        e.clusterId(r.clusterId())
                .version(r.version())
                .entry(r.entry())
                .timeMs(r.timeMs())
                .hasDate(Words.flag(r.date().isPresent()))
                .day(r.date().map(LocalDate::toEpochDay).orElse(0L))
                .settleDay(r.settleDate().toEpochDay())
                .sessionOpen(Words.flag(r.sessionOpen()))
                .dayNumber(r.dayNumber())
                .nextPriority(r.nextPriority())
                .nextObligation(r.nextObligation())
                .rulesSet(Words.flag(r.rulesSet()));
        out.end(e);
    }

    static Rows.Machine readMachine(In in) throws MalformedFrameException {
        MachineRowDecoder d = in.begin(new MachineRowDecoder());
        in.end(d);
        return new Rows.Machine(
                d.clusterId(),
                d.version(),
                d.entry(),
                d.timeMs(),
                Words.flag(d.hasDate()) ? Optional.of(Words.date(d.day())) : Optional.empty(),
                Words.date(d.settleDay()),
                Words.flag(d.sessionOpen()),
                d.dayNumber(),
                d.nextPriority(),
                d.nextObligation(),
                Words.flag(d.rulesSet()));
    }

    static void write(Out out, Rows.Account r) {
        AccountRowEncoder e = out.begin(new AccountRowEncoder());
        e.entry(r.entry())
                .settledMinor(r.settledMinor())
                .unsettledMinor(r.unsettledMinor())
                .reservedMinor(r.reservedMinor())
                .heldMinor(r.heldMinor())
                .createdMs(r.createdMs())
                .lastDayEquityMinor(r.lastDayEquityMinor())
                .digits((short) r.currency().digits())
                .currency(r.currency().code());
        out.end(e);
    }

    static Rows.Account readAccount(In in) throws MalformedFrameException {
        AccountRowDecoder d = in.begin(new AccountRowDecoder());
        Currency currency = new Currency(d.currency(), d.digits());
        in.end(d);
        return new Rows.Account(
                d.entry(),
                currency,
                d.settledMinor(),
                d.unsettledMinor(),
                d.reservedMinor(),
                d.heldMinor(),
                d.createdMs(),
                d.lastDayEquityMinor());
    }

    static void write(Out out, Rows.Position r) {
        PositionRowEncoder e = out.begin(new PositionRowEncoder());
        e.accountEntry(r.accountEntry())
                .qtyE8(r.qtyE8())
                .settledE8(r.settledE8())
                .reservedE8(r.reservedE8())
                .totalCostMinor(r.totalCostMinor())
                .realisedMinor(r.realisedMinor())
                .symbol(r.symbol());
        out.end(e);
    }

    static Rows.Position readPosition(In in) throws MalformedFrameException {
        PositionRowDecoder d = in.begin(new PositionRowDecoder());
        String symbol = d.symbol();
        in.end(d);
        return new Rows.Position(
                d.accountEntry(),
                symbol,
                d.qtyE8(),
                d.settledE8(),
                d.reservedE8(),
                d.totalCostMinor(),
                d.realisedMinor());
    }

    static void write(Out out, Rows.OrderRow r) {
        OrderRowEncoder e = out.begin(new OrderRowEncoder());
        e.bodyHash(r.bodyHash())
                .reserveLimitE8(r.reserveLimitE8())
                .feeEstimateMinor(r.feeEstimateMinor())
                .feeReservedMinor(r.feeReservedMinor())
                .feeBookedMinor(r.feeBookedMinor())
                .lastFillEntry(r.lastFillEntry())
                .closedDayNumber(r.closedDayNumber())
                .replacementBodyHash(r.replacementBodyHash())
                .replacementReserveLimitE8(r.replacementReserveLimitE8())
                .replacementFeeMinor(r.replacementFeeMinor());
        out.end(e);
        OrderParts.writeOrder(out, r.order());
    }

    static Rows.OrderRow readOrder(In in) throws MalformedFrameException {
        OrderRowDecoder d = in.begin(new OrderRowDecoder());
        in.end(d);
        return new Rows.OrderRow(
                OrderParts.readOrder(in),
                d.bodyHash(),
                d.reserveLimitE8(),
                d.feeEstimateMinor(),
                d.feeReservedMinor(),
                d.feeBookedMinor(),
                d.lastFillEntry(),
                d.closedDayNumber(),
                d.replacementBodyHash(),
                d.replacementReserveLimitE8(),
                d.replacementFeeMinor());
    }

    static void write(Out out, Rows.Recent r) {
        RecentRowEncoder e = out.begin(new RecentRowEncoder());
        e.accountEntry(r.accountEntry())
                .timeMs(r.timeMs())
                .qtyE8(r.qtyE8())
                .priceE8(r.priceE8())
                .side(Twins.SIDES.wire(r.side()))
                .symbol(r.symbol());
        out.end(e);
    }

    static Rows.Recent readRecent(In in) throws MalformedFrameException {
        RecentRowDecoder d = in.begin(new RecentRowDecoder());
        String symbol = d.symbol();
        in.end(d);
        Side side = Twins.SIDES.own(d.side());
        return new Rows.Recent(d.accountEntry(), d.timeMs(), symbol, side, d.qtyE8(), d.priceE8());
    }

    static void write(Out out, Rows.Mark r) {
        MarkedEncoder e = out.begin(new MarkedEncoder());
        e.priceE8(r.price().priceE8())
                .feedTimeMs(r.price().feedTimeMs())
                .closing(Words.flag(false))
                .symbol(r.symbol())
                .source(r.price().source());
        out.end(e);
    }

    static Rows.Mark readMark(In in) throws MalformedFrameException {
        MarkedDecoder d = in.begin(new MarkedDecoder());
        String symbol = d.symbol();
        ReferencePrice price = new ReferencePrice(d.priceE8(), d.source(), d.feedTimeMs());
        in.end(d);
        return new Rows.Mark(symbol, price);
    }
}
