package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.Shape;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.codec.Rows;

/** Books fills: principal, position, reservation and obligation in one go. */
final class FillDesk {
    private final State state;
    private final Reservations reservations;

    FillDesk(State state, Reservations reservations) {
        this.state = state;
        this.reservations = reservations;
    }

    /**
     * One side filled. At an external venue that is a fact: what does not fit the order goes to the break account. A
     * derived book cannot know better than the machine: there it is refused.
     */
    Answer fill(Commands.ReportFill c) {
        Optional<Answer> stopped = acceptable(c.venue(), c.execId(), c.incarnation());
        if (stopped.isPresent()) {
            return stopped.get();
        }
        Optional<OrderEntry> found = state.orders.find(c.order());
        if (found.isEmpty()) {
            return Shapes.notFound("order", "order " + c.order() + " does not exist");
        }
        OrderEntry o = found.get();
        if (!o.venue.equals(c.venue()) || c.qtyE8() <= 0 || c.priceE8() <= 0) {
            return Shapes.invalid("fill", "venue " + c.venue() + ", quantity or price do not fit the order");
        }
        if (state.venues.find(c.venue()).orElseThrow().internal) {
            stopped = fillable(o, c.qtyE8(), c.priceE8());
        }
        return stopped.orElseGet(() -> book(c, o));
    }

    private Answer book(Commands.ReportFill c, OrderEntry o) {
        int digits = o.account.currency.digits();
        long openE8 = o.state.isFinal() ? 0 : o.openE8();
        Fill fill = Fill.of(c.venue(), c.execId(), Math.min(openE8, c.qtyE8()), c.priceE8(), digits);
        Fill excess = Fill.of(c.venue(), c.execId(), c.qtyE8() - fill.qtyE8(), c.priceE8(), digits);
        Posting trade = new Posting(Events.PostingKind.TRADE, o.id, c.execId());
        legs(trade, o, fill);
        contra(trade, Posting.STREET, o, fill);
        Posting broken = new Posting(Events.PostingKind.BREAK, o.id, c.execId());
        contra(broken, Posting.STREET, o, excess);
        contraOf(broken, o, excess);
        boolean fits = fill.fits(o) && excess.fits(o) && state.ledger.fits(trade) && state.ledger.fits(broken);
        if (!fits) {
            return Shapes.invalid("fill", "the fill is too large to be booked");
        }
        state.venues.find(c.venue()).orElseThrow().take(c.execId(), state.time.dayNumber());
        if (fill.qtyE8() > 0) {
            side(o, fill, true, 0);
        }
        state.ledger.post(trade);
        state.ledger.post(broken);
        print(c.venue(), o.request.symbol(), c.qtyE8(), c.priceE8());
        return Answer.done(o.id);
    }

    /** Both sides of a trade at an internal venue, booked together or not at all. */
    Answer trade(Commands.ReportTrade c) {
        Optional<Answer> stopped = acceptable(c.venue(), c.execId(), c.incarnation());
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (!state.venues.find(c.venue()).orElseThrow().internal) {
            return Shapes.invalid("venue", "venue " + c.venue() + " is external: it reports fills");
        }
        Optional<OrderEntry> taker = state.orders.find(c.taker());
        Optional<OrderEntry> maker = state.orders.find(c.maker());
        if (taker.isEmpty() || maker.isEmpty()) {
            return Shapes.notFound("order", "order " + (taker.isEmpty() ? c.taker() : c.maker()) + " does not exist");
        }
        OrderEntry t = taker.get();
        OrderEntry m = maker.get();
        stopped = matches(c, t, m);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        Fill fill = Fill.of(c.venue(), c.execId(), c.qtyE8(), c.priceE8(), t.account.currency.digits());
        Posting posting = new Posting(Events.PostingKind.TRADE, t.id, c.execId());
        legs(posting, t, fill);
        legs(posting, m, fill);
        if (!fill.fits(t) || !fill.fits(m) || !state.ledger.fits(posting)) {
            return Shapes.invalid("trade", "the trade is too large to be booked");
        }
        state.venues.find(c.venue()).orElseThrow().take(c.execId(), state.time.dayNumber());
        side(t, fill, false, 0);
        side(m, fill, false, bought(t, m, fill));
        state.ledger.post(posting);
        print(c.venue(), t.request.symbol(), c.qtyE8(), c.priceE8());
        return Answer.done(t.id);
    }

    private Optional<Answer> acceptable(String name, String execId, long incarnation) {
        Optional<Venues.Venue> venue = state.venues.find(name);
        if (venue.isEmpty()) {
            return Optional.of(Shapes.notFound("venue", "venue " + Shapes.shown(name) + " was never opened"));
        }
        if (!Shape.isPrintable(execId, 64)) {
            return Optional.of(Shapes.invalid("exec_id", "the execution id is not 1 to 64 printable characters"));
        }
        if (venue.get().internal && venue.get().incarnation != incarnation) {
            return Optional.of(stale(venue.get(), incarnation));
        }
        if (venue.get().hasTaken(execId)) {
            return Optional.of(Answer.refused(
                    Refused.of(Reason.ALREADY_DONE, "exec_id", "execution " + execId + " was already taken")));
        }
        return Optional.empty();
    }

    static Answer stale(Venues.Venue venue, long incarnation) {
        return Answer.refused(Refused.of(
                Reason.STALE_INCARNATION,
                "incarnation",
                "venue " + venue.name + " was opened anew",
                Long.toString(incarnation),
                Long.toString(venue.incarnation)));
    }

    private static Optional<Answer> matches(Commands.ReportTrade c, OrderEntry t, OrderEntry m) {
        boolean same = t.request.symbol().equals(m.request.symbol())
                && t.venue.equals(c.venue())
                && m.venue.equals(c.venue())
                && t.account.currency.equals(m.account.currency);
        if (!same || t.isBuy() == m.isBuy()) {
            return Optional.of(Shapes.invalid("trade", "the two orders are not two sides of one instrument"));
        }
        return fillable(t, c.qtyE8(), c.priceE8()).or(() -> fillable(m, c.qtyE8(), c.priceE8()));
    }

    /** Whether a derived book may fill the order so. */
    private static Optional<Answer> fillable(OrderEntry o, long qtyE8, long priceE8) {
        if (qtyE8 <= 0 || priceE8 <= 0 || !isWithinLimit(o, priceE8)) {
            return Optional.of(Shapes.invalid("price", "quantity or price are outside what the orders allow"));
        }
        if (o.state.isFinal()) {
            return Optional.of(OrderDesk.illegal(o, "filled"));
        }
        if (o.openE8() < qtyE8) {
            return Optional.of(Shapes.invalid("qty", "order " + o.id + " has less open than was filled"));
        }
        return Optional.empty();
    }

    private static boolean isWithinLimit(OrderEntry o, long priceE8) {
        if (o.request.limitPriceE8().isEmpty()) {
            return true;
        }
        long limit = o.request.limitPriceE8().getAsLong();
        return o.isBuy() ? priceE8 <= limit : priceE8 >= limit;
    }

    /** Legs of the customer: a buy pays cash and gets the instrument. */
    private static void legs(Posting posting, OrderEntry o, Fill f) {
        long sign = o.isBuy() ? 1 : -1;
        posting.cash(Posting.CASH_UNSETTLED, o.account, -sign * f.cashMinor());
        posting.position(Posting.POSITION_UNSETTLED, o.account, o.request.symbol(), sign * f.qtyE8());
    }

    /** The other side of the customer's legs. */
    private static void contra(Posting posting, String house, OrderEntry o, Fill f) {
        long sign = o.isBuy() ? 1 : -1;
        posting.house(house, o.account.currency.code(), sign * f.cashMinor());
        posting.house(house, o.request.symbol(), -sign * f.qtyE8());
    }

    private static void contraOf(Posting posting, OrderEntry o, Fill f) {
        long sign = o.isBuy() ? 1 : -1;
        posting.house(Posting.BREAK, o.account.currency.code(), -sign * f.cashMinor());
        posting.house(Posting.BREAK, o.request.symbol(), sign * f.qtyE8());
    }

    /** What the maker's account has bought as taker of the same trade, and has not yet been posted to its position. */
    private long bought(OrderEntry taker, OrderEntry maker, Fill f) {
        return state.version >= 2 && taker.isBuy() && taker.account == maker.account ? f.qtyE8() : 0;
    }

    private void side(OrderEntry o, Fill f, boolean street, long boughtE8) {
        cost(o, f, boughtE8);
        o.filledE8 += f.qtyE8();
        o.filledValueE8 += f.valueE8();
        o.lastFillEntry = state.time.entry();
        o.updatedMs = state.time.timeMs();
        long sign = o.isBuy() ? 1 : -1;
        state.obligations.add(new Rows.Obligation(
                state.obligations.takeNumber(),
                state.time.settleDate(),
                o.account.entry,
                o.request.symbol(),
                -sign * f.cashMinor(),
                sign * f.qtyE8(),
                street,
                o.id));
        if (o.openE8() == 0) {
            reservations.close(o, OrderState.FILLED);
        } else {
            boolean pending = o.state == OrderState.PENDING_CANCEL || o.state == OrderState.PENDING_REPLACE;
            o.become(pending ? o.state : OrderState.PARTIALLY_FILLED);
            reservations.fix(o);
        }
        emit(o, f);
    }

    /** A buy adds its cash to the cost; a sale takes out its share of it and realises the difference. */
    private static void cost(OrderEntry o, Fill f, long boughtE8) {
        Position p = o.account.position(o.request.symbol());
        long cost = p.totalCostMinor();
        long realised = p.realisedMinor();
        if (o.isBuy()) {
            cost = Wide.plus(cost, f.cashMinor());
        } else {
            long out = Wide.share(cost, f.qtyE8(), p.qtyE8() + boughtE8);
            cost -= out;
            realised = Wide.plus(realised, f.cashMinor() - out);
        }
        o.account.put(new Position(p.symbol(), p.qtyE8(), p.settledE8(), p.reservedE8(), cost, realised));
    }

    private void emit(OrderEntry o, Fill f) {
        Execution execution = new Execution(
                f.execId(),
                f.venue(),
                f.qtyE8(),
                f.priceE8(),
                f.cashMinor(),
                state.time.dateOrEpoch(),
                state.time.settleDate());
        boolean full = o.state == OrderState.FILLED;
        state.emitter.emit(new Events.OrderEvent(
                state.emitter.header(),
                full ? Events.OrderEventKind.FILL : Events.OrderEventKind.PARTIAL_FILL,
                o.view(),
                Optional.of(execution),
                List.of(),
                ""));
    }

    private void print(String venue, String symbol, long qtyE8, long priceE8) {
        state.emitter.emit(new Events.TradePrinted(state.emitter.header(), venue, symbol, qtyE8, priceE8));
    }
}
