package org.hmsach.core.internal.machine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.Shape;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.Events;

/** Venues open, and answer about orders other than by fills. */
final class VenueDesk {
    private final State state;
    private final OrderDesk orders;
    private final ReplaceDesk replacements;
    private final Reservations reservations;

    VenueDesk(State state, OrderDesk orders, ReplaceDesk replacements, Reservations reservations) {
        this.state = state;
        this.orders = orders;
        this.replacements = replacements;
        this.reservations = reservations;
    }

    Answer open(Commands.OpenVenue c) {
        if (!Shape.isName(c.venue(), 32)) {
            return Shapes.invalid("venue", "venue " + Shapes.shown(c.venue()) + " is no name");
        }
        long incarnation = state.time.entry();
        state.venues.open(c.venue(), c.internal(), incarnation);
        state.emitter.emit(new Events.VenueOpened(state.emitter.header(), c.venue(), c.internal()));
        List<OrderEntry> resumed = state.orders.open();
        resumed.removeIf(o -> !o.venue.equals(c.venue()));
        resumed.sort(Comparator.comparingLong(o -> o.priority));
        resumed.forEach(o -> orders.emit(o, Events.OrderEventKind.RESUMED, List.of(), ""));
        state.emitter.emit(new Events.VenueReady(state.emitter.header(), c.venue(), incarnation, resumed.size()));
        return Answer.DONE;
    }

    Answer report(Commands.ReportOrder c) {
        Optional<Venues.Venue> venue = state.venues.find(c.venue());
        if (venue.isEmpty()) {
            return Shapes.notFound("venue", "venue " + Shapes.shown(c.venue()) + " was never opened");
        }
        if (venue.get().internal && venue.get().incarnation != c.incarnation()) {
            return FillDesk.stale(venue.get(), c.incarnation());
        }
        Optional<OrderEntry> found = state.orders.find(c.order());
        if (found.isEmpty()) {
            return Shapes.notFound("order", "order " + c.order() + " does not exist");
        }
        OrderEntry o = found.get();
        if (!o.venue.equals(c.venue()) || c.detail().length() > 200) {
            return Shapes.invalid("report", "the order is not at venue " + c.venue() + ", or the detail is too long");
        }
        if (o.state.isFinal()) {
            return OrderDesk.illegal(o, "answered with " + c.answer());
        }
        return switch (c.answer()) {
            case CANCELED -> end(o, OrderState.CANCELED, Events.OrderEventKind.CANCELED, c.detail());
            case EXPIRED -> end(o, OrderState.EXPIRED, Events.OrderEventKind.EXPIRED, c.detail());
            case REJECTED -> rejected(o, c.detail());
            case REPLACED -> replacements.stands(o, c.detail());
            case CANCEL_REJECTED -> cancelRejected(o, c.detail());
            case REPLACE_REJECTED -> replacements.tooLate(o, c.detail());
        };
    }

    /** Ends an open order and tells it. */
    Answer end(OrderEntry o, OrderState state, Events.OrderEventKind kind, String detail) {
        reservations.close(o, state);
        orders.emit(o, kind, List.of(), detail);
        return Answer.done(o.id);
    }

    /** A venue that refuses an order that has fills or a pending request has simply taken it out. */
    private Answer rejected(OrderEntry o, String detail) {
        if (o.state != OrderState.NEW) {
            return end(o, OrderState.CANCELED, Events.OrderEventKind.CANCELED, detail);
        }
        o.refusal = Optional.of(Refused.of(Reason.RULE_DENIED, o.venue, detail));
        return end(o, OrderState.REJECTED, Events.OrderEventKind.REJECTED, detail);
    }

    private Answer cancelRejected(OrderEntry o, String detail) {
        if (o.state != OrderState.PENDING_CANCEL) {
            return OrderDesk.illegal(o, "freed of a cancellation");
        }
        o.become(o.workingState());
        o.updatedMs = state.time.timeMs();
        state.changes.order(o);
        orders.emit(o, Events.OrderEventKind.ORDER_CANCEL_REJECTED, List.of(), detail);
        return Answer.done(o.id);
    }
}
