package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;

/** What clients ask for: new orders and cancellations. */
final class OrderDesk {
    /** No fee estimate is larger. */
    static final long MAX_FEE_MINOR = 1L << 50;

    private final State state;
    private final OrderRules rules;
    private final Reservations reservations;

    OrderDesk(State state, Reservations reservations) {
        this.state = state;
        this.rules = new OrderRules(state);
        this.reservations = reservations;
    }

    Answer place(Commands.PlaceOrder c) {
        OrderRequest r = c.request();
        Optional<AccountState> account = state.accounts.find(r.account());
        if (account.isEmpty()) {
            return Shapes.notFound("account", "account " + r.account() + " does not exist");
        }
        Optional<Answer> stopped = mayTrade(account.get());
        if (stopped.isEmpty()) {
            stopped = seenBefore(account.get(), r.clientOrderId(), c.bodyHash());
        }
        if (stopped.isEmpty()) {
            stopped = wellFormed(r, c.feeEstimateMinor(), c.reserveLimitE8());
        }
        if (stopped.isPresent()) {
            return stopped.get();
        }
        Terms terms = terms(account.get(), c);
        VerdictList verdicts = new VerdictList(false);
        rules.judge(terms, verdicts);
        return verdicts.refusal().isPresent() ? reject(c, terms, verdicts) : accept(c, terms, verdicts);
    }

    /** What the rules would say; the same code, and nothing changes. */
    List<Verdict> evaluate(Commands.PlaceOrder c) {
        OrderRequest r = c.request();
        VerdictList verdicts = new VerdictList(true);
        Optional<AccountState> account = state.accounts.find(r.account());
        Instrument instrument = state.rules.instruments.get(r.symbol());
        if (account.isEmpty()) {
            verdicts.add(Verdict.unanswered("core.access", Reason.NOT_FOUND, "the account does not exist"));
        } else if (instrument == null) {
            String detail = "symbol " + Shapes.shown(r.symbol()) + " is unknown";
            verdicts.add(Verdict.unanswered("core.symbol", Reason.UNKNOWN_SYMBOL, detail));
        } else {
            rules.judge(terms(account.get(), c), verdicts);
        }
        return verdicts.verdicts();
    }

    private Terms terms(AccountState account, Commands.PlaceOrder c) {
        OrderRequest r = c.request();
        long reserveLimitE8 = Math.max(c.reserveLimitE8(), r.limitPriceE8().orElse(0));
        return new Terms(
                account,
                state.rules.instruments.get(r.symbol()),
                r,
                r.qtyE8(),
                reserveLimitE8,
                c.feeEstimateMinor(),
                c.reference(),
                c.verdicts(),
                Optional.empty());
    }

    Optional<Answer> mayTrade(AccountState account) {
        UUID principal = state.emitter.origin().principal();
        if (principal.equals(Origin.NOBODY) || !state.rules.mayTrade(principal, account.id)) {
            return Optional.of(Answer.refused(Refused.of(
                    Reason.NOT_AUTHORISED, "core.access", "the caller may not trade on account " + account.id)));
        }
        return Optional.empty();
    }

    /** The first answer again for the same body, a refusal for another one. */
    Optional<Answer> seenBefore(AccountState account, String clientOrderId, long bodyHash) {
        Optional<AccountState.ClientRef> ref = account.client(clientOrderId);
        if (ref.isEmpty()) {
            return Optional.empty();
        }
        if (ref.get().bodyHash() != bodyHash) {
            return Optional.of(Answer.refused(Refused.of(
                    Reason.ID_REUSED,
                    "client_order_id",
                    "client order id " + Shapes.shown(clientOrderId) + " was used for another order")));
        }
        UUID first = state.idOf(ref.get().orderEntry());
        return Optional.of(
                new Answer(Optional.of(first), true, state.orders.find(first).flatMap(o -> o.refusal)));
    }

    private Optional<Answer> wellFormed(OrderRequest r, long feeMinor, long reserveLimitE8) {
        if (!state.rules.instruments.containsKey(r.symbol())) {
            String detail = "symbol " + Shapes.shown(r.symbol()) + " is unknown";
            return Optional.of(Answer.refused(Refused.of(Reason.UNKNOWN_SYMBOL, "symbol", detail)));
        }
        if (feeMinor < 0 || feeMinor > MAX_FEE_MINOR) {
            return Optional.of(Shapes.invalid("fee_estimate", "fee estimate " + feeMinor + " is out of range"));
        }
        if (reserveLimitE8 < 0) {
            return Optional.of(Shapes.invalid("reserve_limit", "reserve limit " + reserveLimitE8 + " is below 0"));
        }
        return Optional.empty();
    }

    private OrderEntry enter(Commands.PlaceOrder c, Terms t) {
        BusinessTime time = state.time;
        OrderEntry.Birth birth = new OrderEntry.Birth(
                time.entry(),
                state.newId(),
                t.instrument().venue(),
                Optional.empty(),
                time.dateOrEpoch(),
                time.timeMs());
        OrderEntry order = new OrderEntry(t.account(), c.request(), birth);
        order.bodyHash = c.bodyHash();
        t.account().putClient(c.request().clientOrderId(), new AccountState.ClientRef(order.entry, c.bodyHash()));
        return order;
    }

    private Answer accept(Commands.PlaceOrder c, Terms t, VerdictList verdicts) {
        OrderEntry order = enter(c, t);
        order.priority = state.orders.takePriority();
        order.reserveLimitE8 = t.reserveLimitE8();
        order.feeEstimateMinor = order.isBuy() ? t.feeMinor() : 0;
        order.feeReservedMinor = order.feeEstimateMinor;
        state.orders.add(order);
        reservations.fix(order);
        remember(t);
        if (order.isBuy() && t.account().buyingPowerMinor() < 0) {
            throw new IllegalStateException("order " + order.id + " reserved more than there is");
        }
        emit(order, Events.OrderEventKind.NEW, verdicts.verdicts(), "");
        return Answer.done(order.id);
    }

    private Answer reject(Commands.PlaceOrder c, Terms t, VerdictList verdicts) {
        OrderEntry order = enter(c, t);
        order.state = OrderState.REJECTED;
        order.refusal = verdicts.refusal();
        order.closedDayNumber = state.time.dayNumber();
        state.orders.add(order);
        state.changes.order(order);
        emit(
                order,
                Events.OrderEventKind.REJECTED,
                verdicts.verdicts(),
                order.refusal.get().detail());
        return new Answer(Optional.of(order.id), false, order.refusal);
    }

    /** The rate and duplicate limits see the order from now on. */
    void remember(Terms t) {
        var limits = state.rules.limits(t.account().id);
        long longestMs = Math.max(limits.windowMs(), limits.duplicateWindowMs());
        t.account().recent.forgetUntil(state.time.timeMs() - longestMs);
        t.account().recent.add(rules.recent(t));
    }

    void judge(Terms t, VerdictList verdicts) {
        rules.judge(t, verdicts);
    }

    Answer cancel(Commands.CancelOrder c) {
        Optional<OrderEntry> found = state.orders.find(c.order());
        if (found.isEmpty()) {
            return Shapes.notFound("order", "order " + c.order() + " does not exist");
        }
        OrderEntry o = found.get();
        // a module may take back risk by itself; a person needs access
        boolean byModule = state.emitter.origin().principal().equals(Origin.NOBODY);
        Optional<Answer> stopped = byModule ? Optional.empty() : mayTrade(o.account);
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (o.state == OrderState.PENDING_CANCEL) {
            return new Answer(Optional.of(o.id), true, Optional.empty());
        }
        if (o.state != OrderState.NEW && o.state != OrderState.PARTIALLY_FILLED) {
            return illegal(o, "canceled");
        }
        o.become(OrderState.PENDING_CANCEL);
        o.updatedMs = state.time.timeMs();
        state.changes.order(o);
        emit(o, Events.OrderEventKind.PENDING_CANCEL, List.of(), "");
        return Answer.done(o.id);
    }

    static Answer illegal(OrderEntry o, String what) {
        return Answer.refused(Refused.of(
                Reason.ILLEGAL_TRANSITION, "order", "order " + o.id + " is " + o.state + " and cannot be " + what));
    }

    void emit(OrderEntry o, Events.OrderEventKind kind, List<Verdict> verdicts, String detail) {
        state.emitter.emit(
                new Events.OrderEvent(state.emitter.header(), kind, o.view(), Optional.empty(), verdicts, detail));
    }

    /** Text of an optional price. */
    static String text(OptionalLong e8) {
        return e8.isPresent() ? Scale8.text(e8.getAsLong()) : "none";
    }
}
