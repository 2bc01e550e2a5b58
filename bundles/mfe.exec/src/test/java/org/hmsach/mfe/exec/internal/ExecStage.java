package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.order.Order;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakeTape;

/** A running exec between a tape that the test writes and a door that writes down. */
final class ExecStage implements AutoCloseable {
    final FakeDoor door = new FakeDoor();
    final FakeTape tape = new FakeTape();
    final Map<String, Venue> venues = new ConcurrentHashMap<>();
    private final Exec exec;
    private int openings;

    ExecStage(Duration stuckAfter, Venue... present) {
        this(new FakeDuty(true), stuckAfter, present);
    }

    ExecStage(FakeDuty duty, Duration stuckAfter, Venue... present) {
        for (Venue venue : present) {
            venues.put(venue.name(), venue);
        }
        tape.append(h -> new Events.SessionChanged(h, h.businessDate(), true));
        exec = new Exec(door, tape, duty, () -> Offers.of(venues), stuckAfter);
        exec.start();
    }

    ExecStage(Venue... present) {
        this(Duration.ofSeconds(10), present);
    }

    /** Waits for exec's next opening of any venue. */
    FakeDoor.Sent awaitOpening() {
        openings++;
        int wanted = openings;
        door.sent().await(s -> opened().size() >= wanted, wanted + " openings");
        return opened().get(wanted - 1);
    }

    /** Answers the opening as the core does; gives the incarnation. */
    long confirm(FakeDoor.Sent opening, Order... openOrders) {
        Commands.OpenVenue command = (Commands.OpenVenue) opening.command();
        Events.VenueOpened opened =
                tape.append(opening.origin(), h -> new Events.VenueOpened(h, command.venue(), command.internal()));
        long incarnation = opened.header().entry();
        for (Order order : openOrders) {
            order(OrderEventKind.RESUMED, order);
        }
        tape.append(h -> new Events.VenueReady(h, command.venue(), incarnation, openOrders.length));
        return incarnation;
    }

    /** Waits for the next opening and answers it. */
    long open(Order... openOrders) {
        return confirm(awaitOpening(), openOrders);
    }

    /** Writes an order event of a person; gives its entry. */
    long order(OrderEventKind kind, Order order) {
        return order(kind, order, Origin.ofModule("gateway"));
    }

    long order(OrderEventKind kind, Order order, Origin origin) {
        return tape.append(origin, h -> new Events.OrderEvent(h, kind, order, Optional.empty(), List.of(), ""))
                .header()
                .entry();
    }

    /** What was sent apart from openings. */
    List<Command> reports() {
        return door.sent().items().stream()
                .map(FakeDoor.Sent::command)
                .filter(c -> !(c instanceof Commands.OpenVenue))
                .toList();
    }

    List<Command> awaitReports(int count) {
        door.sent().await(s -> reports().size() >= count, count + " reports");
        return reports();
    }

    boolean opensAgainWithin(Duration bound) {
        return door.sent().comes(s -> opened().size() > openings, bound);
    }

    /** What an order event of another instance of the module would carry. */
    static Origin anotherInstance() {
        return new Origin(Origin.NOBODY, Causes.MODULE, "exec-" + new UUID(1, 2) + "-bye", Optional.empty());
    }

    void stop() {
        exec.close();
    }

    @Override
    public void close() {
        exec.close();
    }

    private List<FakeDoor.Sent> opened() {
        return door.sent().items().stream()
                .filter(s -> s.command() instanceof Commands.OpenVenue)
                .toList();
    }
}
