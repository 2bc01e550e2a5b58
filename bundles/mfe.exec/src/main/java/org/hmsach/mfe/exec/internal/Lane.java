package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.order.Order;
import org.hmsach.api.tape.Events;
import org.hmsach.spi.mkt.Venue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one venue, whichever service stands for it now. Everything runs on the tape's thread.
 *
 * <p>Orders that come while there is no session are not kept here: the opening of the next one tells them again.
 */
final class Lane {
    private enum State {
        /** No session, and none asked for. */
        IDLE,
        /** The opening is on its way to the core. */
        OPENING,
        /** The core tells the open orders. */
        GATHERING,
        OPEN,
        /** Another instance of this module has opened the venue. */
        YIELDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_DOUBLINGS = 7;
    private static final long HEALTHY_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final Outbox outbox;
    private final Instance instance;
    private final long stuckNanos;
    private final Suspects suspects = new Suspects();

    private State state = State.IDLE;
    private Optional<Offer> venue = Optional.empty();
    private Optional<Desk> desk = Optional.empty();
    /** A session that has ended for us; while it has not ended for the venue, no new one begins there. */
    private Optional<Desk> ending = Optional.empty();

    private boolean endingIsElsewhere;

    private List<Order> gathered = new ArrayList<>();
    private Opening opening;
    private Venue.Kind kind = Venue.Kind.INTERNAL;
    private long incarnation;
    private int failures;
    private boolean wasMine;
    private long openedNanos;
    private long notBeforeNanos = System.nanoTime();

    Lane(String name, Outbox outbox, Instance instance, Duration stuckAfter) {
        this.name = name;
        this.outbox = outbox;
        this.instance = instance;
        this.stuckNanos = stuckAfter.toNanos();
        this.opening = new Opening(name, true, instance.requestId());
    }

    /**
     * Compares what is with what should be, and takes the next step. A version that was relieved goes on with what it
     * has until the other one's opening is told, and opens nothing.
     */
    void reconcile(Optional<Offer> present, boolean mine) {
        long now = System.nanoTime();
        if (mine && !wasMine && state == State.YIELDED) {
            state = State.IDLE;
        }
        wasMine = mine;
        if (!isSame(present)) {
            changeTo(present, now);
        }
        if (desk.isPresent() && desk.get().isTroubled()) {
            failed(now);
        } else if (desk.isPresent() && desk.get().isStuck(now, stuckNanos)) {
            LOG.warn("venue {} does not return; it is left alone until it does", name);
            failed(now);
        } else if (state == State.OPENING && opening.failed) {
            failed(now);
        }
        if (mine && state == State.IDLE && venue.isPresent() && now - notBeforeNanos >= 0 && mayBegin(now)) {
            ending = Optional.empty(); // it would keep the classes of a venue that was replaced
            requestOpening();
        }
    }

    void onVenueOpened(Events.VenueOpened event) {
        String requestId = event.header().origin().requestId();
        if (state == State.OPENING) {
            if (requestId.equals(opening.requestId)) {
                state = State.GATHERING;
                incarnation = event.header().entry();
                gathered = new ArrayList<>();
            }
        } else if (instance.made(requestId)) {
            // an opening of ours that was given up for lost came after all, and made the one in use an old one
            if (isOwner()) {
                failed(System.nanoTime());
            }
        } else if (state != State.YIELDED) {
            LOG.info("venue {} was opened by another instance", name);
            closeAndForget();
            state = State.YIELDED;
        }
    }

    void onVenueReady(Events.VenueReady event) {
        if (state == State.GATHERING && event.incarnation() == incarnation) {
            open();
        }
    }

    void onOrder(Events.OrderEvent event) {
        if (event.kind() == Events.OrderEventKind.RESUMED) {
            if (state == State.GATHERING) {
                gathered.add(event.order());
            }
        } else if (state == State.OPEN) {
            route(event, desk.orElseThrow());
        }
    }

    /** The instance that had the venue has gone. */
    void onOtherGone() {
        if (state == State.YIELDED) {
            state = State.IDLE;
        }
    }

    boolean isOwner() {
        return state == State.GATHERING || state == State.OPEN;
    }

    /** Whether the tape will soon say that the venue is ours. */
    boolean awaitsOpening() {
        return state == State.OPENING && !opening.failed;
    }

    /** Entry of the last opening that was ours. */
    long incarnation() {
        return incarnation;
    }

    /** Ends the session, if there is one. */
    Optional<Desk> close() {
        Optional<Desk> closed = desk;
        closed.ifPresent(Desk::close);
        desk = Optional.empty();
        state = state == State.YIELDED ? State.YIELDED : State.IDLE;
        return closed;
    }

    private void route(Events.OrderEvent event, Desk to) {
        long cause = event.header().entry();
        Order order = event.order();
        boolean ours = event.header().origin().requestId().equals(opening.requestId);
        switch (event.kind()) {
            case NEW -> {
                if (order.replaces().isEmpty() || !ours) { // else this session has replaced it itself
                    to.ask("place", s -> s.place(cause, order));
                }
            }
            case PENDING_CANCEL -> to.ask("cancel", s -> s.cancel(cause, order));
            case PENDING_REPLACE -> to.ask("replace", s -> s.replace(cause, order));
            case CANCELED, EXPIRED, REPLACED -> {
                if (!ours) {
                    to.ask("remove", s -> s.remove(cause, order.id()));
                }
            }
            default -> LOG.trace("nothing to do for {}", event.kind());
        }
    }

    private boolean isSame(Optional<Offer> present) {
        return present.isPresent() == venue.isPresent()
                && (present.isEmpty() || present.get().isSame(venue.orElseThrow()));
    }

    private void changeTo(Optional<Offer> present, long now) {
        Optional<Desk> closed = close();
        ending = kind == Venue.Kind.EXTERNAL ? closed.or(() -> ending) : Optional.empty();
        endingIsElsewhere = true;
        venue = present;
        failures = 0;
        notBeforeNanos = now;
        suspects.clear();
        LOG.info("venue {} {}", name, present.isPresent() ? "is here" : "has gone; its orders wait");
    }

    /** The pause before the next try grows while no session gets anything done. */
    private void failed(long now) {
        if (state == State.OPEN && now - openedNanos > HEALTHY_AFTER_NANOS) {
            suspects.clear();
        }
        failures = desk.isPresent() && desk.get().isBelieved() ? 0 : failures;
        notBeforeNanos = now + (FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        closeAndForget();
        state = State.IDLE;
    }

    private void closeAndForget() {
        desk.ifPresent(Desk::closeAndForget);
        ending = desk.or(() -> ending);
        endingIsElsewhere = false;
        desk = Optional.empty();
    }

    /** What an EXTERNAL venue did must be known to the core before the core tells the open orders again. */
    private boolean mayBegin(long now) {
        if (ending.isEmpty()) {
            return true;
        }
        Desk old = ending.get();
        boolean left = old.isOver() || (endingIsElsewhere && old.isStuck(now, stuckNanos));
        return left && (kind == Venue.Kind.INTERNAL || !old.hasOutstanding());
    }

    private void requestOpening() {
        try {
            kind = venue.orElseThrow().kind();
            opening = new Opening(name, kind == Venue.Kind.INTERNAL, instance.requestId());
            outbox.add(opening);
            state = State.OPENING;
        } catch (PlugInException e) {
            LOG.warn("venue {} failed to say what it is", name, e);
            failed(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() {
        Desk opened = new Desk(name, incarnation, venue.orElseThrow().guard(), Duration.ofNanos(stuckNanos));
        DeskReports reports = new DeskReports(opened, kind, outbox, suspects, opening.requestId);
        List<Order> taken = new ArrayList<>();
        for (Order order : gathered) {
            if (suspects.isGuilty(order.id())) {
                reports.canceled(incarnation, order.id(), "the core refused its fills again and again");
            } else {
                taken.add(order);
            }
        }
        gathered = new ArrayList<>();
        opened.open(venue.orElseThrow().venue(), List.copyOf(taken), reports);
        desk = Optional.of(opened);
        openedNanos = System.nanoTime();
        state = State.OPEN;
        LOG.info("venue {} is open, incarnation {}, {} open orders", name, incarnation, taken.size());
    }

    /** The command that begins a session. */
    private static final class Opening implements Outbox.Letter {
        private final String venueName;
        private final boolean internal;
        private final String requestId;
        private volatile boolean failed;

        Opening(String venueName, boolean internal, String requestId) {
            this.venueName = venueName;
            this.internal = internal;
            this.requestId = requestId;
        }

        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public long told() {
            return 0;
        }

        @Override
        public Command command(Cause cause) {
            return new Commands.OpenVenue(venueName, internal);
        }

        @Override
        public String requestId() {
            return requestId;
        }

        @Override
        public void answered(Outcome outcome) {
            outcome.refusal().ifPresent(r -> {
                LOG.warn("the core refused to open venue {}: {}", venueName, r.detail());
                failed = true;
            });
        }

        @Override
        public void lost(Throwable why) {
            LOG.info("the opening of venue {} got no answer: {}", venueName, why.toString());
            failed = true;
        }
    }
}
