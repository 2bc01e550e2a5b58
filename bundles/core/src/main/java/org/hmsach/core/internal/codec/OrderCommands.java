package org.hmsach.core.internal.codec;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.core.internal.sbe.CancelOrderDecoder;
import org.hmsach.core.internal.sbe.CancelOrderEncoder;
import org.hmsach.core.internal.sbe.PlaceOrderDecoder;
import org.hmsach.core.internal.sbe.PlaceOrderEncoder;
import org.hmsach.core.internal.sbe.ReplaceOrderDecoder;
import org.hmsach.core.internal.sbe.ReplaceOrderEncoder;
import org.hmsach.core.internal.sbe.ReportFillDecoder;
import org.hmsach.core.internal.sbe.ReportFillEncoder;
import org.hmsach.core.internal.sbe.ReportOrderDecoder;
import org.hmsach.core.internal.sbe.ReportOrderEncoder;
import org.hmsach.core.internal.sbe.ReportTradeDecoder;
import org.hmsach.core.internal.sbe.ReportTradeEncoder;
import org.hmsach.core.internal.sbe.VenueDecoder;
import org.hmsach.core.internal.sbe.VenueEncoder;
import org.hmsach.core.internal.sbe.WireTimeInForce;

/** Orders and what venues report about them. */
final class OrderCommands {
    private OrderCommands() {}

    static void write(Out out, Commands.PlaceOrder c) {
        PlaceOrderEncoder e = out.begin(new PlaceOrderEncoder());
        e.bodyHash(c.bodyHash())
                .hasReference(Words.flag(c.reference().isPresent()))
                .reserveLimitE8(c.reserveLimitE8())
                .feeEstimateMinor(c.feeEstimateMinor());
        out.end(e);
        OrderParts.writeRequest(out, c.request());
        c.reference().ifPresent(r -> RuleParts.writeReference(out, r));
        RuleParts.writeVerdicts(out, c.verdicts());
    }

    static Commands.PlaceOrder readPlace(In in) throws MalformedFrameException {
        PlaceOrderDecoder d = in.begin(new PlaceOrderDecoder());
        in.end(d);
        OrderRequest request = OrderParts.readRequest(in);
        Optional<ReferencePrice> reference = readReference(in, d.hasReference());
        return new Commands.PlaceOrder(
                request, d.bodyHash(), reference, d.reserveLimitE8(), d.feeEstimateMinor(), RuleParts.readVerdicts(in));
    }

    static void write(Out out, Commands.CancelOrder c) {
        CancelOrderEncoder e = out.begin(new CancelOrderEncoder());
        Words.put(e.order(), c.order());
        out.end(e);
    }

    static Commands.CancelOrder readCancel(In in) throws MalformedFrameException {
        CancelOrderDecoder d = in.begin(new CancelOrderDecoder());
        in.end(d);
        return new Commands.CancelOrder(Words.uuid(d.order()));
    }

    static void write(Out out, Commands.ReplaceOrder c) {
        ReplaceOrderEncoder e = out.begin(new ReplaceOrderEncoder());
        Words.put(e.order(), c.order());
        e.bodyHash(c.bodyHash());
        Words.put(e.qtyE8(), c.qtyE8());
        Words.put(e.limitPriceE8(), c.limitPriceE8());
        e.hasTimeInForce(Words.flag(c.timeInForce().isPresent()))
                .timeInForce(c.timeInForce().map(OrderParts::timeInForce).orElse(WireTimeInForce.DAY))
                .hasReference(Words.flag(c.reference().isPresent()))
                .feeEstimateMinor(c.feeEstimateMinor())
                .clientOrderId(c.clientOrderId());
        out.end(e);
        c.reference().ifPresent(r -> RuleParts.writeReference(out, r));
        RuleParts.writeVerdicts(out, c.verdicts());
    }

    static Commands.ReplaceOrder readReplace(In in) throws MalformedFrameException {
        ReplaceOrderDecoder d = in.begin(new ReplaceOrderDecoder());
        UUID order = Words.uuid(d.order());
        OptionalLong qty = Words.optionalLong(d.qtyE8());
        OptionalLong limit = Words.optionalLong(d.limitPriceE8());
        Optional<TimeInForce> timeInForce = Words.flag(d.hasTimeInForce())
                ? Optional.of(OrderParts.timeInForce(d.timeInForce()))
                : Optional.empty();
        String clientOrderId = d.clientOrderId();
        in.end(d);
        Optional<ReferencePrice> reference = readReference(in, d.hasReference());
        return new Commands.ReplaceOrder(
                order,
                clientOrderId,
                d.bodyHash(),
                qty,
                limit,
                timeInForce,
                reference,
                d.feeEstimateMinor(),
                RuleParts.readVerdicts(in));
    }

    private static Optional<ReferencePrice> readReference(In in, short has) throws MalformedFrameException {
        return Words.flag(has) ? Optional.of(RuleParts.readReference(in)) : Optional.empty();
    }

    static void write(Out out, Commands.OpenVenue c) {
        VenueEncoder e = out.begin(new VenueEncoder());
        e.internal(Words.flag(c.internal())).venue(c.venue());
        out.end(e);
    }

    static Commands.OpenVenue readVenue(In in) throws MalformedFrameException {
        VenueDecoder d = in.begin(new VenueDecoder());
        Commands.OpenVenue c = new Commands.OpenVenue(d.venue(), Words.flag(d.internal()));
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.ReportFill c) {
        ReportFillEncoder e = out.begin(new ReportFillEncoder());
        e.causeEntry(c.cause().entry()).causeIndex(c.cause().index()).incarnation(c.incarnation());
        Words.put(e.order(), c.order());
        e.qtyE8(c.qtyE8()).priceE8(c.priceE8());
        e.causeModule(c.cause().module()).venue(c.venue()).execId(c.execId());
        out.end(e);
    }

    static Commands.ReportFill readFill(In in) throws MalformedFrameException {
        ReportFillDecoder d = in.begin(new ReportFillDecoder());
        Cause cause = new Cause(in.known(d), d.causeEntry(), d.causeIndex());
        Commands.ReportFill c = new Commands.ReportFill(
                cause, in.known(d), d.incarnation(), d.execId(), Words.uuid(d.order()), d.qtyE8(), d.priceE8());
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.ReportTrade c) {
        ReportTradeEncoder e = out.begin(new ReportTradeEncoder());
        e.causeEntry(c.cause().entry()).causeIndex(c.cause().index()).incarnation(c.incarnation());
        Words.put(e.taker(), c.taker());
        Words.put(e.maker(), c.maker());
        e.qtyE8(c.qtyE8()).priceE8(c.priceE8());
        e.causeModule(c.cause().module()).venue(c.venue()).execId(c.execId());
        out.end(e);
    }

    static Commands.ReportTrade readTrade(In in) throws MalformedFrameException {
        ReportTradeDecoder d = in.begin(new ReportTradeDecoder());
        Cause cause = new Cause(in.known(d), d.causeEntry(), d.causeIndex());
        Commands.ReportTrade c = new Commands.ReportTrade(
                cause,
                in.known(d),
                d.incarnation(),
                d.execId(),
                Words.uuid(d.taker()),
                Words.uuid(d.maker()),
                d.qtyE8(),
                d.priceE8());
        in.end(d);
        return c;
    }

    static void write(Out out, Commands.ReportOrder c) {
        ReportOrderEncoder e = out.begin(new ReportOrderEncoder());
        e.causeEntry(c.cause().entry()).causeIndex(c.cause().index()).incarnation(c.incarnation());
        Words.put(e.order(), c.order());
        e.answer(Twins.VENUE_ANSWERS.wire(c.answer()));
        e.causeModule(c.cause().module()).venue(c.venue()).detail(c.detail());
        out.end(e);
    }

    static Commands.ReportOrder readReport(In in) throws MalformedFrameException {
        ReportOrderDecoder d = in.begin(new ReportOrderDecoder());
        Cause cause = new Cause(in.known(d), d.causeEntry(), d.causeIndex());
        Commands.VenueAnswer answer = Twins.VENUE_ANSWERS.own(d.answer());
        Commands.ReportOrder c = new Commands.ReportOrder(
                cause, in.known(d), d.incarnation(), Words.uuid(d.order()), answer, in.known(d));
        in.end(d);
        return c;
    }
}
