package org.hmsach.core.internal.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Commands.VenueAnswer;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.machine.Answer;

/**
 * Stands for mfe.exec with two venues: a crossing one whose book is derived, and the street, whose executions are
 * facts. Follows the tape at its own pace, names its causes, opens its venues anew after a restart or when its book is
 * wrong.
 */
final class ExecDesk implements Actor {
    static final String MODULE = "mfe.exec";
    private static final Origin ORIGIN = Origin.ofModule(MODULE);

    /** An order in the book. */
    private static final class Resting {
        final Order order;
        long openE8;

        Resting(Order order) {
            this.order = order;
            this.openE8 = order.openE8();
        }
    }

    private final World world;
    private final Chance chance;
    private final List<Resting> book = new ArrayList<>();
    private final List<UUID> street = new ArrayList<>();
    private final List<Command> outbox = new ArrayList<>();
    private final Deque<Ticket> sent = new ArrayDeque<>();
    private List<Ticket> opening = List.of();
    private boolean open;
    private long next = 1;
    private long incarnation;
    private long entry;
    private int index;
    private int executions;

    ExecDesk(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    @Override
    public void restart() {
        book.clear();
        street.clear();
        outbox.clear();
        sent.clear();
        opening = List.of();
        open = false;
        // as an execution id of the street that is never used again
        executions += 1_000;
    }

    @Override
    public void step() {
        if (!open) {
            openVenues();
            return;
        }
        hear();
        if (!open) {
            return;
        }
        int events = 1 + chance.below(6);
        for (int i = 0; i < events && next <= world.audit.events.size(); i++) {
            take(world.audit.events.get((int) next - 1));
            next++;
        }
        if (!street.isEmpty() && chance.oneIn(2)) {
            onTheStreet(chance.of(street));
        }
        flush();
    }

    private void openVenues() {
        if (opening.isEmpty()) {
            opening = List.of(
                    world.submit(new Commands.OpenVenue(Town.STREET, false), ORIGIN),
                    world.submit(new Commands.OpenVenue(Town.CROSSING, true), ORIGIN));
            return;
        }
        if (opening.stream().anyMatch(Ticket::isLost)) {
            opening = List.of();
            return;
        }
        Optional<Applied<Answer>> first = opening.get(0).acknowledged();
        if (first.isPresent() && opening.get(1).acknowledged().isPresent()) {
            long from = first.get().entry();
            next = 1;
            while (world.audit.events.get((int) next - 1).header().entry() < from) {
                next++;
            }
            open = true;
            opening = List.of();
        }
    }

    /** A trade that the core does not take means that the book is wrong: it is derived anew. */
    private void hear() {
        while (!sent.isEmpty() && !sent.peek().isWaiting()) {
            Ticket t = sent.remove();
            boolean wrong = t.command instanceof Commands.ReportTrade
                    && t.isRefused()
                    && reason(t) != Reason.ALREADY_DONE
                    && reason(t) != Reason.STALE_INCARNATION;
            if (wrong) {
                restart();
            }
        }
    }

    private static Reason reason(Ticket t) {
        return t.acknowledged().orElseThrow().answer().refusal().orElseThrow().reason();
    }

    private Cause cause() {
        index++;
        return new Cause(MODULE, entry, index);
    }

    private void take(TapeEvent event) {
        if (event.header().entry() > entry) {
            entry = event.header().entry();
            index = -1;
        }
        if (event instanceof Events.VenueOpened v) {
            opened(v);
        } else if (event instanceof Events.OrderEvent e) {
            order(e);
        }
    }

    private void opened(Events.VenueOpened v) {
        if (v.venue().equals(Town.CROSSING)) {
            incarnation = v.header().entry();
            book.clear();
            outbox.removeIf(c -> c instanceof Commands.ReportTrade);
        } else if (v.venue().equals(Town.STREET)) {
            street.clear();
        }
    }

    private void order(Events.OrderEvent e) {
        Order o = e.order();
        boolean crossing = o.venue().equals(Town.CROSSING);
        switch (e.kind()) {
            case NEW, RESUMED -> {
                if (crossing) {
                    cross(o);
                } else if (o.venue().equals(Town.STREET)) {
                    street.add(o.id());
                }
                if (o.state() == OrderState.PENDING_CANCEL || o.state() == OrderState.PENDING_REPLACE) {
                    request(o, crossing);
                }
            }
            case PENDING_CANCEL, PENDING_REPLACE -> request(o, crossing);
            case CANCELED, EXPIRED, REJECTED, REPLACED -> {
                book.removeIf(r -> r.order.id().equals(o.id()));
                street.remove(o.id());
            }
            case FILL -> street.remove(o.id());
            default -> {
                // what this desk has done itself
            }
        }
    }

    private void cross(Order o) {
        Resting taker = new Resting(o);
        boolean whole = o.request().timeInForce() == TimeInForce.FOK;
        if (whole && reachable(o) < taker.openE8) {
            report(Town.CROSSING, o.id(), VenueAnswer.CANCELED);
            return;
        }
        for (Resting maker : List.copyOf(book)) {
            if (taker.openE8 > 0 && meets(o, maker.order)) {
                long qty = Math.min(taker.openE8, maker.openE8);
                taker.openE8 -= qty;
                maker.openE8 -= qty;
                long price = maker.order.request().limitPriceE8().orElseThrow();
                executions++;
                outbox.add(new Commands.ReportTrade(
                        cause(), Town.CROSSING, incarnation, "x" + executions, o.id(), maker.order.id(), qty, price));
            }
        }
        book.removeIf(r -> r.openE8 == 0);
        boolean rests = o.request().limitPriceE8().isPresent()
                && o.request().timeInForce() != TimeInForce.IOC
                && o.request().timeInForce() != TimeInForce.FOK;
        if (taker.openE8 > 0 && rests) {
            book.add(taker);
        } else if (taker.openE8 > 0) {
            report(Town.CROSSING, o.id(), VenueAnswer.CANCELED);
        }
    }

    private long reachable(Order o) {
        return book.stream()
                .filter(r -> meets(o, r.order))
                .mapToLong(r -> r.openE8)
                .sum();
    }

    private static boolean meets(Order taker, Order maker) {
        if (!maker.request().symbol().equals(taker.request().symbol())
                || maker.request().side() == taker.request().side()) {
            return false;
        }
        long price = maker.request().limitPriceE8().orElseThrow();
        long limit = taker.request().limitPriceE8().orElse(price);
        return taker.request().side() == Side.BUY ? limit >= price : limit <= price;
    }

    private void request(Order o, boolean crossing) {
        boolean tooLate = chance.oneIn(5);
        if (crossing && !tooLate) {
            book.removeIf(r -> r.order.id().equals(o.id()));
        }
        VenueAnswer answer = o.state() == OrderState.PENDING_CANCEL
                ? tooLate ? VenueAnswer.CANCEL_REJECTED : VenueAnswer.CANCELED
                : tooLate ? VenueAnswer.REPLACE_REJECTED : VenueAnswer.REPLACED;
        if (!crossing && chance.oneIn(3)) {
            onTheStreet(o.id());
        }
        report(o.venue(), o.id(), answer);
    }

    private void report(String venue, UUID order, VenueAnswer answer) {
        long as = venue.equals(Town.CROSSING) ? incarnation : 0;
        outbox.add(new Commands.ReportOrder(cause(), venue, as, order, answer, chance.of("", "words")));
    }

    /** Something happens to an order on the street, which knows nothing of what the core allows. */
    private void onTheStreet(UUID id) {
        long open = world.machine().order(id).map(Order::openE8).orElse(Town.ONE);
        if (chance.oneIn(12)) {
            VenueAnswer answer = chance.of(VenueAnswer.CANCELED, VenueAnswer.EXPIRED, VenueAnswer.REJECTED);
            report(Town.STREET, id, answer);
            return;
        }
        long qty = chance.oneIn(12) ? open + Town.ONE : Math.max(1, open / chance.of(1, 1, 2, 3));
        long price = 1_000_000L * chance.between(950, 1_050) + chance.of(0, 0, 1, 123_456);
        executions++;
        outbox.add(new Commands.ReportFill(cause(), Town.STREET, 0, "s" + executions, id, qty, price));
    }

    private void flush() {
        if (outbox.size() > 1 && chance.oneIn(25)) {
            Collections.swap(outbox, chance.below(outbox.size()), chance.below(outbox.size()));
        }
        for (Command command : outbox) {
            sent.add(world.submit(command, ORIGIN));
            if (chance.oneIn(30)) {
                world.submit(command, ORIGIN);
            }
        }
        outbox.clear();
        if (sent.isEmpty() && chance.oneIn(8) && entry > 0) {
            sent.add(world.submit(new Commands.Progress(MODULE, entry), ORIGIN));
        }
    }
}
