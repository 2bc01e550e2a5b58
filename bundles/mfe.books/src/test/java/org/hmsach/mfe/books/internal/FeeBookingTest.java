package org.hmsach.mfe.books.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Recording;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class FeeBookingTest {
    private final FakeTape tape = new FakeTape();
    private final FakeDoor door = new FakeDoor();
    private final FakePortfolio portfolio = new FakePortfolio().put(Samples.instrument("IBM", "paper"));
    private final FakePlugIns plugIns = new FakePlugIns();
    private final Schedule schedule =
            new Schedule(new BasisPointFees("test-1", 5, new BigDecimal("27.80")), plugIns, 1);

    @Test
    void booksEachFeeOfAFillWithTheFillAsCause() {
        Order order = sale();
        fill(order, "E1");
        FeeBooking booking = new FeeBooking(tape, portfolio, door, schedule, new FakeDuty(true));
        door.sent().await(2);
        booking.close();
        assertEquals(
                List.of(
                        new Commands.BookFee(new Cause("mfe.books", 1, 0), order.id(), "E1", 911, "commission"),
                        new Commands.BookFee(new Cause("mfe.books", 1, 1), order.id(), "E1", 50, "regulatory")),
                door.commands(Commands.BookFee.class));
    }

    @Test
    void startsBehindItsBookmark() {
        fill(sale(), "E1");
        Order second = sale();
        fill(second, "E2");
        portfolio.bookmark("mfe.books", 1);
        FeeBooking booking = new FeeBooking(tape, portfolio, door, schedule, new FakeDuty(true));
        door.sent().await(2);
        booking.close();
        assertTrue(door.commands(Commands.BookFee.class).stream()
                .allMatch(f -> f.order().equals(second.id())));
    }

    @Test
    void leavesFillsToTheVersionThatActsAndGoesOnBehindItsBookmark() {
        fill(sale(), "E1");
        FakeDuty duty = new FakeDuty(false);
        FeeBooking booking = new FeeBooking(tape, portfolio, door, schedule, duty);
        portfolio.bookmark("mfe.books", 1);
        Order second = sale();
        fill(second, "E2");
        duty.set(true);
        door.sent().await(2);
        booking.close();
        assertTrue(door.commands(Commands.BookFee.class).stream()
                .allMatch(f -> f.order().equals(second.id())));
    }

    @Test
    void takesTheSameFillAgainWhenTheCoreWasAway() {
        fill(sale(), "E1");
        AtomicBoolean away = new AtomicBoolean(true);
        Recording<Command> taken = new Recording<>();
        door.failWith(UnavailableException.core("CORE_STOPPED", "away", 1), command -> {
            boolean fails = away.get();
            if (!fails) {
                taken.add(command);
            }
            return fails;
        });
        FeeBooking booking = new FeeBooking(tape, portfolio, door, schedule, new FakeDuty(true));
        door.sent().await(2);
        away.set(false);
        taken.await(2);
        booking.close();
        Commands.BookFee first =
                assertInstanceOf(Commands.BookFee.class, taken.items().get(0));
        assertEquals(new Cause("mfe.books", 1, 0), first.cause());
    }

    private static Order sale() {
        return Samples.accepted(Samples.limit(Side.SELL, "IBM", "100", "182.37"), "paper");
    }

    private void fill(Order order, String execId) {
        Execution execution = new Execution(
                execId,
                "paper",
                Scale8.parse("100"),
                Scale8.parse("182.37"),
                1_823_700,
                Samples.MONDAY,
                Samples.MONDAY.plusDays(1));
        tape.append(header -> new Events.OrderEvent(
                header, Events.OrderEventKind.FILL, order, Optional.of(execution), List.of(), ""));
    }
}
