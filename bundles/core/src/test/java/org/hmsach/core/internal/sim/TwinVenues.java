package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.refusal.Reason;

/** The twin's answers to what venues report. */
final class TwinVenues {
    private final TwinBooks books;

    TwinVenues(TwinBooks books) {
        this.books = books;
    }

    TwinAnswer open(Commands.OpenVenue c) {
        if (!c.venue().matches("[a-z0-9.-]{1,32}")) {
            return TwinAnswer.no(Reason.INVALID, "venue");
        }
        TwinRules.Venue v = books.rules.venues.computeIfAbsent(c.venue(), name -> new TwinRules.Venue());
        if (v.internal || c.internal()) {
            v.executions.clear();
        }
        v.internal = c.internal();
        v.incarnation = books.entry;
        return TwinAnswer.DONE;
    }

    private Optional<TwinAnswer> unacceptable(String venue, String execId, long incarnation) {
        TwinRules.Venue v = books.rules.venues.get(venue);
        if (v == null) {
            return Optional.of(TwinAnswer.no(Reason.NOT_FOUND, "venue"));
        }
        if (!execId.matches("[!-~]{1,64}")) {
            return Optional.of(TwinAnswer.no(Reason.INVALID, "exec_id"));
        }
        if (v.internal && v.incarnation != incarnation) {
            return Optional.of(TwinAnswer.no(Reason.STALE_INCARNATION, "incarnation"));
        }
        if (v.executions.containsKey(execId)) {
            return Optional.of(TwinAnswer.no(Reason.ALREADY_DONE, "exec_id"));
        }
        return Optional.empty();
    }

    /** What a derived book may do with an order. */
    private static Optional<TwinAnswer> unfillable(TwinOrder o, BigDecimal qty, BigDecimal price) {
        boolean outside = false;
        if (o.request.limitPriceE8().isPresent()) {
            int side = price.compareTo(Decimals.e8(o.request.limitPriceE8().getAsLong()));
            outside = o.isBuy() ? side > 0 : side < 0;
        }
        if (qty.signum() <= 0 || price.signum() <= 0 || outside) {
            return Optional.of(TwinAnswer.no(Reason.INVALID, "price"));
        }
        if (!o.isOpen()) {
            return Optional.of(TwinOrders.illegal());
        }
        return Decimals.isAbove(qty, o.open()) ? Optional.of(TwinAnswer.no(Reason.INVALID, "qty")) : Optional.empty();
    }

    /** At an external venue an execution is a fact: what the order has no room for goes to the break account. */
    TwinAnswer fill(Commands.ReportFill c) {
        Optional<TwinAnswer> no = unacceptable(c.venue(), c.execId(), c.incarnation());
        Optional<TwinOrder> found = books.order(c.order());
        if (no.isPresent() || found.isEmpty()) {
            return no.orElse(TwinAnswer.no(Reason.NOT_FOUND, "order"));
        }
        TwinOrder o = found.get();
        if (!o.venue.equals(c.venue()) || c.qtyE8() <= 0 || c.priceE8() <= 0) {
            return TwinAnswer.no(Reason.INVALID, "fill");
        }
        TwinRules.Venue venue = books.rules.venues.get(c.venue());
        BigDecimal qty = Decimals.e8(c.qtyE8());
        BigDecimal price = Decimals.e8(c.priceE8());
        Optional<TwinAnswer> unfillable = venue.internal ? unfillable(o, qty, price) : Optional.empty();
        if (unfillable.isPresent()) {
            return unfillable.get();
        }
        BigDecimal taken = o.isOpen() ? qty.min(o.open()) : BigDecimal.ZERO;
        BigDecimal excess = qty.subtract(taken);
        List<TwinBooks.Leg> legs = customer(o, taken, price);
        legs.addAll(street(o, "house.street", taken, price, 1));
        List<TwinBooks.Leg> broken = street(o, "house.street", excess, price, 1);
        broken.addAll(street(o, "house.break", excess, price, -1));
        boolean fits = isBookable(o, taken, price) && isBookable(o, excess, price);
        if (!fits || !books.fits(legs) || !books.fits(broken)) {
            return TwinAnswer.no(Reason.INVALID, "fill");
        }
        venue.executions.put(c.execId(), books.dayNumber);
        if (taken.signum() > 0) {
            side(o, taken, price, true, BigDecimal.ZERO);
        }
        legs.stream().filter(leg -> leg.account().isEmpty()).forEach(this::book);
        broken.forEach(this::book);
        return TwinAnswer.done(o.id);
    }

    TwinAnswer trade(Commands.ReportTrade c) {
        Optional<TwinAnswer> no = unacceptable(c.venue(), c.execId(), c.incarnation());
        if (no.isPresent()) {
            return no.get();
        }
        TwinRules.Venue venue = books.rules.venues.get(c.venue());
        if (!venue.internal) {
            return TwinAnswer.no(Reason.INVALID, "venue");
        }
        Optional<TwinOrder> taker = books.order(c.taker());
        Optional<TwinOrder> maker = books.order(c.maker());
        if (taker.isEmpty() || maker.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "order");
        }
        TwinOrder t = taker.get();
        TwinOrder m = maker.get();
        boolean two = t.request.symbol().equals(m.request.symbol())
                && t.account.currency.equals(m.account.currency)
                && t.venue.equals(c.venue())
                && m.venue.equals(c.venue())
                && t.isBuy() != m.isBuy();
        if (!two) {
            return TwinAnswer.no(Reason.INVALID, "trade");
        }
        BigDecimal qty = Decimals.e8(c.qtyE8());
        BigDecimal price = Decimals.e8(c.priceE8());
        Optional<TwinAnswer> unfillable = unfillable(t, qty, price).or(() -> unfillable(m, qty, price));
        if (unfillable.isPresent()) {
            return unfillable.get();
        }
        List<TwinBooks.Leg> legs = customer(t, qty, price);
        legs.addAll(customer(m, qty, price));
        if (!isBookable(t, qty, price) || !isBookable(m, qty, price) || !books.fits(legs)) {
            return TwinAnswer.no(Reason.INVALID, "trade");
        }
        venue.executions.put(c.execId(), books.dayNumber);
        // version 1 does not see what the same account buys in the same trade
        boolean uncounted = books.version == 1 && t.account == m.account && t.isBuy();
        side(t, qty, price, false, BigDecimal.ZERO);
        side(m, qty, price, false, uncounted ? qty : BigDecimal.ZERO);
        return TwinAnswer.done(t.id);
    }

    private static boolean isBookable(TwinOrder o, BigDecimal qty, BigDecimal price) {
        return Decimals.isLeg(Decimals.cash(price, qty, o.account.digits()), o.account.digits())
                && Decimals.isLeg(qty, 8)
                && Decimals.isLeg(Decimals.value(price, qty), 8)
                && Decimals.isBalance(o.filledValue, 8);
    }

    private static List<TwinBooks.Leg> customer(TwinOrder o, BigDecimal qty, BigDecimal price) {
        TwinAccount a = o.account;
        BigDecimal cash = Decimals.cash(price, qty, a.digits());
        List<TwinBooks.Leg> legs = new ArrayList<>();
        legs.add(new TwinBooks.Leg(
                "cash.unsettled", Optional.of(a), a.currency.code(), a.digits(), o.isBuy() ? cash.negate() : cash));
        legs.add(new TwinBooks.Leg("position", Optional.of(a), o.request.symbol(), 8, o.isBuy() ? qty : qty.negate()));
        return legs;
    }

    /** The house's legs against the customer's; {@code way} -1 turns them round. */
    private static List<TwinBooks.Leg> street(TwinOrder o, String ledger, BigDecimal qty, BigDecimal price, int way) {
        TwinAccount a = o.account;
        BigDecimal sign = BigDecimal.valueOf(o.isBuy() ? way : -way);
        BigDecimal cash = Decimals.cash(price, qty, a.digits());
        List<TwinBooks.Leg> legs = new ArrayList<>();
        legs.add(new TwinBooks.Leg(ledger, Optional.empty(), a.currency.code(), a.digits(), cash.multiply(sign)));
        legs.add(new TwinBooks.Leg(
                ledger,
                Optional.empty(),
                o.request.symbol(),
                8,
                qty.multiply(sign).negate()));
        return legs;
    }

    private void book(TwinBooks.Leg leg) {
        books.house(leg.ledger(), leg.asset(), leg.amount());
    }

    private void side(TwinOrder o, BigDecimal qty, BigDecimal price, boolean street, BigDecimal uncounted) {
        TwinAccount a = o.account;
        BigDecimal cash = Decimals.cash(price, qty, a.digits());
        if (o.isBuy()) {
            a.buy(o.request.symbol(), qty, cash);
            books.owe(a, o.request.symbol(), cash.negate(), qty, street);
        } else {
            a.sell(o.request.symbol(), qty, cash, uncounted);
            books.owe(a, o.request.symbol(), cash, qty.negate(), street);
        }
        o.filled = o.filled.add(qty);
        o.filledValue = o.filledValue.add(Decimals.value(price, qty));
        o.lastFillEntry = books.entry;
        o.updatedMs = books.timeMs;
        if (o.open().signum() == 0) {
            o.close(OrderState.FILLED, books.dayNumber, books.timeMs);
        } else if (o.state == OrderState.NEW) {
            o.state = OrderState.PARTIALLY_FILLED;
        }
    }

    TwinAnswer report(Commands.ReportOrder c) {
        TwinRules.Venue v = books.rules.venues.get(c.venue());
        if (v == null) {
            return TwinAnswer.no(Reason.NOT_FOUND, "venue");
        }
        if (v.internal && v.incarnation != c.incarnation()) {
            return TwinAnswer.no(Reason.STALE_INCARNATION, "incarnation");
        }
        Optional<TwinOrder> found = books.order(c.order());
        if (found.isEmpty()) {
            return TwinAnswer.no(Reason.NOT_FOUND, "order");
        }
        TwinOrder o = found.get();
        if (!o.venue.equals(c.venue()) || c.detail().length() > 200) {
            return TwinAnswer.no(Reason.INVALID, "report");
        }
        if (!o.isOpen()) {
            return TwinOrders.illegal();
        }
        return switch (c.answer()) {
            case CANCELED -> end(o, OrderState.CANCELED);
            case EXPIRED -> end(o, OrderState.EXPIRED);
            case REJECTED -> rejected(o);
            case REPLACED -> replaced(o);
            case CANCEL_REJECTED -> goesOn(o, OrderState.PENDING_CANCEL);
            case REPLACE_REJECTED -> goesOn(o, OrderState.PENDING_REPLACE);
        };
    }

    private TwinAnswer end(TwinOrder o, OrderState end) {
        o.close(end, books.dayNumber, books.timeMs);
        return TwinAnswer.done(o.id);
    }

    private TwinAnswer rejected(TwinOrder o) {
        if (o.state != OrderState.NEW) {
            return end(o, OrderState.CANCELED);
        }
        o.refusal = Optional.of(Reason.RULE_DENIED + " " + o.venue);
        return end(o, OrderState.REJECTED);
    }

    private TwinAnswer goesOn(TwinOrder o, OrderState from) {
        if (o.state != from) {
            return TwinOrders.illegal();
        }
        o.wanted = Optional.empty();
        o.state = o.working();
        o.updatedMs = books.timeMs;
        return TwinAnswer.done(o.id);
    }

    private TwinAnswer replaced(TwinOrder o) {
        if (o.state != OrderState.PENDING_REPLACE) {
            return TwinOrders.illegal();
        }
        TwinOrder.Wanted w = o.wanted.get();
        BigDecimal toFill = o.wantedOpen();
        if (toFill.signum() == 0) {
            return end(o, OrderState.CANCELED);
        }
        Replacement r = w.terms();
        OrderRequest old = o.request;
        OrderRequest request = new OrderRequest(
                old.account(),
                r.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                r.timeInForce(),
                Decimals.toE8(toFill),
                r.limitPriceE8());
        TwinOrder next = new TwinOrder(
                o.account,
                request,
                new TwinOrder.Birth(
                        r.newId(),
                        o.venue,
                        w.bodyHash(),
                        w.reserveLimit(),
                        w.fee(),
                        books.date.orElse(TwinBooks.NO_DATE),
                        books.timeMs));
        next.replaces = Optional.of(o.id);
        boolean keepsPlace = r.qtyE8() <= old.qtyE8() && r.limitPriceE8().equals(old.limitPriceE8());
        next.priority = keepsPlace ? o.priority : books.nextPriority++;
        o.replacedBy = Optional.of(next.id);
        o.close(OrderState.REPLACED, books.dayNumber, books.timeMs);
        books.orders.add(next);
        return TwinAnswer.done(next.id);
    }
}
