package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the tape says to the lane of the venue it is about. One thread. */
final class Router implements TapeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final long CLOSE_BOUND_MS = 1_000;

    private final Map<String, Lane> lanes = new TreeMap<>();
    private final Outbox outbox;
    private final Duration stuckAfter;
    private final Instance instance = new Instance();

    Router(Outbox outbox, Duration stuckAfter) {
        this.outbox = outbox;
        this.stuckAfter = stuckAfter;
    }

    /** Brings every lane a step nearer to the venues that are here now. @param mine whether this bundle acts */
    void reconcile(Map<String, Offer> present, boolean mine) {
        present.keySet().forEach(n -> lanes.computeIfAbsent(n, k -> new Lane(n, outbox, instance, stuckAfter)));
        lanes.forEach((name, lane) -> lane.reconcile(Optional.ofNullable(present.get(name)), mine));
    }

    /** Whether the tape still has to tell an opening that was sent; without it a farewell would be forgotten. */
    boolean awaitsOpening() {
        return lanes.values().stream().anyMatch(Lane::awaitsOpening);
    }

    /** Ends all sessions; they begin anew when the lanes are reconciled again. */
    void closeAll() throws InterruptedException {
        for (Lane lane : lanes.values()) {
            Optional<Desk> closed = lane.close();
            if (closed.isPresent()) {
                closed.get().awaitOver(CLOSE_BOUND_MS);
            }
        }
    }

    /** Tells an instance that had to yield that it may have the venues; to be called before they are closed. */
    Optional<Outbox.Letter> farewell() {
        return lanes.values().stream()
                .filter(Lane::isOwner)
                .map(Lane::incarnation)
                .max(Long::compare)
                .map(incarnation -> new Farewell(incarnation, instance.farewellId()));
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        outbox.seen(event.header().entry());
        Optional.ofNullable(lanes.get(event.order().venue())).ifPresent(l -> l.onOrder(event));
    }

    @Override
    public void onVenueOpened(Events.VenueOpened event) {
        outbox.seen(event.header().entry());
        Optional.ofNullable(lanes.get(event.venue())).ifPresent(l -> l.onVenueOpened(event));
    }

    @Override
    public void onVenueReady(Events.VenueReady event) {
        Optional.ofNullable(lanes.get(event.venue())).ifPresent(l -> l.onVenueReady(event));
    }

    @Override
    public void onProgress(Events.Progressed event) {
        String requestId = event.header().origin().requestId();
        if (event.module().equals(Causes.MODULE) && instance.isFarewellOfAnother(requestId)) {
            lanes.values().forEach(Lane::onOtherGone);
        }
    }

    /** The bookmark of a module that stops: all causes up to its last are finished. */
    private record Farewell(long incarnation, String requestId) implements Outbox.Letter {
        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public long told() {
            return incarnation;
        }

        @Override
        public Command command(Cause cause) {
            return new Commands.Progress(cause.module(), cause.entry());
        }

        @Override
        public void answered(Outcome outcome) {
            outcome.refusal().ifPresent(r -> LOG.debug("bookmark not moved: {}", r.detail()));
        }

        @Override
        public void lost(Throwable why) {
            LOG.debug("bookmark not moved: {}", why.toString());
        }
    }
}
