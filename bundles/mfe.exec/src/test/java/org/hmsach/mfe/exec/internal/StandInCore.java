package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;

/** As much of the core as exec can see: it accepts, refuses and tells orders; it can be made to fail. */
final class StandInCore implements Door {
    private static final Origin CLIENT = Origin.ofModule("gateway");

    final FakeTape tape = new FakeTape();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Set<String> execIds = new HashSet<>();
    private final Set<Cause> causes = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private Predicate<Command> refused = c -> false;
    private Predicate<Command> lostBefore = c -> false;
    private Predicate<Command> lostAfter = c -> false;
    private long incarnation;
    private long priorities;
    private long boughtE8;
    private long soldE8;

    /** Which commands are refused without a reason, get lost before, or after they took effect. */
    void faults(Predicate<Command> refuse, Predicate<Command> loseBefore, Predicate<Command> loseAfter) {
        locked(() -> {
            refused = refuse;
            lostBefore = loseBefore;
            lostAfter = loseAfter;
        });
    }

    Order place(OrderRequest request, String venue) {
        Order[] placed = new Order[1];
        locked(() -> {
            placed[0] = StandInOrders.prioritised(Samples.accepted(request, venue), ++priorities);
            tell(OrderEventKind.NEW, placed[0], CLIENT);
        });
        return placed[0];
    }

    void requestCancel(UUID id) {
        locked(() -> openOrder(id)
                .filter(o -> o.state() != OrderState.PENDING_CANCEL)
                .ifPresent(o -> tell(OrderEventKind.PENDING_CANCEL, in(o, OrderState.PENDING_CANCEL), CLIENT)));
    }

    void requestReplace(UUID id, Replacement terms) {
        locked(() -> openOrder(id)
                .filter(o -> o.state() == OrderState.NEW || o.state() == OrderState.PARTIALLY_FILLED)
                .filter(o -> terms.qtyE8() > o.filledE8())
                .ifPresent(o -> tell(OrderEventKind.PENDING_REPLACE, Samples.replacing(o, terms), CLIENT)));
    }

    void expireDayOrders() {
        locked(() -> List.copyOf(orders.values()).stream()
                .filter(o -> !o.state().isFinal() && o.request().timeInForce() == TimeInForce.DAY)
                .forEach(o -> tell(OrderEventKind.EXPIRED, in(o, OrderState.EXPIRED), CLIENT)));
    }

    @Override
    public CompletionStage<Outcome> submit(Command command, Origin origin) {
        lock.lock();
        try {
            if (lostBefore.test(command)) {
                return lost();
            }
            Optional<Refused> refusal =
                    refused.test(command) ? refuse(Reason.LIMIT_EXCEEDED, "as the test wants") : apply(command, origin);
            changed.signalAll();
            if (lostAfter.test(command)) {
                return lost();
            }
            long number = tape.lastNumber();
            return CompletableFuture.completedFuture(new Outcome(number, number, Optional.empty(), false, refusal));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the orders are as wanted; gives them either way. */
    List<Order> await(Predicate<List<Order>> wanted, Duration bound) throws InterruptedException {
        lock.lock();
        try {
            long left = bound.toNanos();
            while (!wanted.test(List.copyOf(orders.values())) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return List.copyOf(orders.values());
        } finally {
            lock.unlock();
        }
    }

    /** What no machine would have let pass, and what a correct venue never proposes. */
    List<String> complaints() {
        return complaints;
    }

    long boughtE8() {
        return boughtE8;
    }

    long soldE8() {
        return soldE8;
    }

    private Optional<Refused> apply(Command command, Origin origin) {
        if (command instanceof Commands.OpenVenue open) {
            openVenue(open, origin);
            return Optional.empty();
        }
        if (command instanceof Commands.Progress progress) {
            tape.append(origin, h -> new Events.Progressed(h, progress.module(), progress.entry()));
        }
        if (command instanceof Commands.ReportTrade trade) {
            return once(trade.cause()).or(() -> trade(trade, origin));
        }
        if (command instanceof Commands.ReportOrder report) {
            return once(report.cause()).or(() -> report(report, origin));
        }
        return Optional.empty();
    }

    private Optional<Refused> once(Cause cause) {
        if (causes.add(cause)) {
            return Optional.empty();
        }
        complaints.add("cause " + cause + " came twice");
        return refuse(Reason.ALREADY_DONE, "cause");
    }

    private void openVenue(Commands.OpenVenue open, Origin origin) {
        incarnation = tape.append(origin, h -> new Events.VenueOpened(h, open.venue(), open.internal()))
                .header()
                .entry();
        List<Order> resumed = orders.values().stream()
                .filter(o -> !o.state().isFinal())
                .sorted(Comparator.comparingLong(Order::priority))
                .toList();
        resumed.forEach(o -> tell(OrderEventKind.RESUMED, o, origin));
        tape.append(h -> new Events.VenueReady(h, open.venue(), incarnation, resumed.size()));
    }

    private Optional<Refused> trade(Commands.ReportTrade trade, Origin origin) {
        if (trade.incarnation() != incarnation) {
            return refuse(Reason.STALE_INCARNATION, "venue");
        }
        Optional<Order> taker = openOrder(trade.taker());
        Optional<Order> maker = openOrder(trade.maker());
        if (taker.isEmpty() || maker.isEmpty()) {
            return refuse(Reason.ILLEGAL_TRANSITION, "order is over");
        }
        if (trade.qtyE8() > taker.get().openE8() || trade.qtyE8() > maker.get().openE8()) {
            return refuse(Reason.ILLEGAL_TRANSITION, "more than is open");
        }
        if (!execIds.add(trade.execId())) {
            complaints.add("execution " + trade.execId() + " came twice");
        }
        fill(taker.get(), trade, origin);
        fill(maker.get(), trade, origin);
        return Optional.empty();
    }

    private void fill(Order order, Commands.ReportTrade trade, Origin origin) {
        boolean buy = order.request().side() == Side.BUY;
        long limitE8 = order.request().limitPriceE8().orElse(buy ? Long.MAX_VALUE : Long.MIN_VALUE);
        if (buy ? trade.priceE8() > limitE8 : trade.priceE8() < limitE8) {
            complaints.add("fill at " + trade.priceE8() + " outside the limit " + limitE8);
        }
        boughtE8 += buy ? trade.qtyE8() : 0;
        soldE8 += buy ? 0 : trade.qtyE8();
        Order filled = StandInOrders.withFilled(order, order.filledE8() + trade.qtyE8());
        tell(filled.openE8() == 0 ? OrderEventKind.FILL : OrderEventKind.PARTIAL_FILL, filled, origin);
    }

    private Optional<Refused> report(Commands.ReportOrder report, Origin origin) {
        if (report.incarnation() != incarnation) {
            return refuse(Reason.STALE_INCARNATION, "venue");
        }
        Optional<Order> found = openOrder(report.order());
        if (found.isEmpty()) {
            return refuse(Reason.ILLEGAL_TRANSITION, "order is over");
        }
        Order order = found.get();
        switch (report.answer()) {
            case CANCELED -> tell(OrderEventKind.CANCELED, in(order, OrderState.CANCELED), origin);
            case REPLACED -> {
                return order.replacement()
                        .map(terms -> replaced(order, terms, origin))
                        .orElseGet(() -> refuse(Reason.ILLEGAL_TRANSITION, "nothing to replace"));
            }
            case CANCEL_REJECTED -> tell(OrderEventKind.ORDER_CANCEL_REJECTED, StandInOrders.back(order), origin);
            case REPLACE_REJECTED -> tell(OrderEventKind.ORDER_REPLACE_REJECTED, StandInOrders.back(order), origin);
            default -> complaints.add("unexpected " + report);
        }
        return Optional.empty();
    }

    private Optional<Refused> replaced(Order order, Replacement terms, Origin origin) {
        if (order.state() != OrderState.PENDING_REPLACE || terms.qtyE8() <= order.filledE8()) {
            return refuse(Reason.ILLEGAL_TRANSITION, "cannot be replaced now");
        }
        OrderRequest old = order.request();
        OrderRequest request = new OrderRequest(
                old.account(),
                terms.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                terms.timeInForce(),
                terms.qtyE8() - order.filledE8(),
                terms.limitPriceE8());
        boolean reduced = terms.limitPriceE8().equals(old.limitPriceE8()) && terms.qtyE8() <= old.qtyE8();
        Order successor = StandInOrders.successor(order, request, reduced ? order.priority() : ++priorities);
        tell(OrderEventKind.REPLACED, in(order, OrderState.REPLACED), origin);
        tell(OrderEventKind.NEW, successor, origin);
        return Optional.empty();
    }

    private void tell(OrderEventKind kind, Order order, Origin origin) {
        orders.put(order.id(), order);
        tape.append(origin, h -> new Events.OrderEvent(h, kind, order, Optional.empty(), List.of(), ""));
        changed.signalAll();
    }

    private Optional<Order> openOrder(UUID id) {
        return Optional.ofNullable(orders.get(id)).filter(o -> !o.state().isFinal());
    }

    private static Optional<Refused> refuse(Reason reason, String detail) {
        return Optional.of(Refused.of(reason, "stand-in", detail));
    }

    private static CompletionStage<Outcome> lost() {
        return CompletableFuture.failedFuture(UnavailableException.core("LOST", "as the test wants", 1));
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private static Order in(Order order, OrderState state) {
        return Samples.inState(order, state);
    }
}
