package org.hmsach.core.internal.codec;

import java.util.Optional;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.sbe.OrderEventDecoder;
import org.hmsach.core.internal.sbe.OrderEventEncoder;
import org.hmsach.core.internal.sbe.TradePrintedDecoder;
import org.hmsach.core.internal.sbe.TradePrintedEncoder;
import org.hmsach.core.internal.sbe.VenueReadyDecoder;
import org.hmsach.core.internal.sbe.VenueReadyEncoder;

/** What happens to orders and at venues. */
final class OrderEvents {
    private OrderEvents() {}

    static void write(Out out, Events.OrderEvent x) {
        OrderEventEncoder e = out.begin(new OrderEventEncoder());
        e.kind(Twins.ORDER_EVENTS.wire(x.kind()))
                .hasExecution(Words.flag(x.execution().isPresent()))
                .detail(x.detail());
        out.end(e);
        OrderParts.writeOrder(out, x.order());
        x.execution().ifPresent(f -> OrderParts.writeExecution(out, f));
        RuleParts.writeVerdicts(out, x.verdicts());
    }

    static Events.OrderEvent readOrder(In in, EventHeader h) throws MalformedFrameException {
        OrderEventDecoder d = in.begin(new OrderEventDecoder());
        boolean hasExecution = Words.flag(d.hasExecution());
        Events.OrderEventKind kind = Twins.ORDER_EVENTS.own(d.kind());
        String detail = in.known(d);
        in.end(d);
        Order order = OrderParts.readOrder(in);
        Optional<Execution> execution = hasExecution ? Optional.of(OrderParts.readExecution(in)) : Optional.empty();
        return new Events.OrderEvent(h, kind, order, execution, RuleParts.verdictsToRead(in), detail);
    }

    static void write(Out out, Events.TradePrinted x) {
        TradePrintedEncoder e = out.begin(new TradePrintedEncoder());
        e.qtyE8(x.qtyE8()).priceE8(x.priceE8()).venue(x.venue()).symbol(x.symbol());
        out.end(e);
    }

    static Events.TradePrinted readTrade(In in, EventHeader h) throws MalformedFrameException {
        TradePrintedDecoder d = in.begin(new TradePrintedDecoder());
        String venue = in.known(d);
        Events.TradePrinted x = new Events.TradePrinted(h, venue, in.known(d), d.qtyE8(), d.priceE8());
        in.end(d);
        return x;
    }

    static void write(Out out, Events.VenueReady x) {
        VenueReadyEncoder e = out.begin(new VenueReadyEncoder());
        e.incarnation(x.incarnation()).openOrders(x.openOrders()).venue(x.venue());
        out.end(e);
    }

    static Events.VenueReady readReady(In in, EventHeader h) throws MalformedFrameException {
        VenueReadyDecoder d = in.begin(new VenueReadyDecoder());
        Events.VenueReady x = new Events.VenueReady(h, d.venue(), d.incarnation(), d.openOrders());
        in.end(d);
        return x;
    }
}
