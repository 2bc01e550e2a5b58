package org.hmsach.mfe.books.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakeMarketCalendar;
import org.hmsach.testkit.fake.FakeMarketClock;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class CloseOfBusinessTest {
    private static final LocalDate TUESDAY = Samples.MONDAY.plusDays(1);

    private final FakeTape tape = new FakeTape();
    private final FakeDoor door = new FakeDoor();
    private final FakePortfolio portfolio =
            new FakePortfolio().session(Optional.of(Samples.MONDAY), false).put(holder());
    private final FakeMarketData data = new FakeMarketData().quote("IBM", "182.36", "182.38");
    private final FakeMarketClock clock = new FakeMarketClock();
    private final FakePlugIns plugIns = new FakePlugIns();

    @Test
    void marksWhatIsHeldAndOpensTheNextDateAfterTheSessionClosed() {
        tape.append(header -> new Events.SessionChanged(header, Samples.MONDAY, false));
        CloseOfBusiness close = start(List.of(data));
        door.await(Commands.OpenBusinessDate.class);
        close.close();
        Commands.RecordMarks marks = door.await(Commands.RecordMarks.class);
        assertTrue(marks.closing());
        assertEquals("IBM", marks.marks().get(0).symbol());
        assertEquals(
                new Commands.OpenBusinessDate(TUESDAY, TUESDAY.plusDays(1)),
                door.await(Commands.OpenBusinessDate.class));
    }

    /** The core takes no command without marks, and closing values are taken with marks. */
    @Test
    void marksOneInstrumentWhereNobodyHoldsAnything() {
        FakePortfolio empty = new FakePortfolio()
                .session(Optional.of(Samples.MONDAY), false)
                .put(account(List.of()))
                .put(Samples.instrument("AAA", "paper"))
                .put(Samples.instrument("IBM", "paper"));
        tape.append(header -> new Events.SessionChanged(header, Samples.MONDAY, false));
        CloseOfBusiness close = start(empty, List.of(data));
        door.await(Commands.OpenBusinessDate.class);
        close.close();
        Commands.RecordMarks marks = door.await(Commands.RecordMarks.class);
        assertTrue(marks.closing());
        assertEquals(
                List.of("IBM"),
                marks.marks().stream().map(Commands.Mark::symbol).toList());
    }

    @Test
    void opensTheNextDateAlsoWhereNoPriceIsKnown() {
        tape.append(header -> new Events.SessionChanged(header, Samples.MONDAY, false));
        CloseOfBusiness close = start(List.of());
        door.await(Commands.OpenBusinessDate.class);
        close.close();
        assertEquals(List.of(), door.commands(Commands.RecordMarks.class));
    }

    @Test
    void marksManySymbolsInCommandsThatTheCoreTakes() {
        List<Position> held = new ArrayList<>();
        for (int i = 0; i < 2 * BusinessDay.MARKS_MAX + 1; i++) {
            held.add(new Position("S" + i, Scale8.ONE, Scale8.ONE, 0, 100, 0));
            data.quote("S" + i, "1.00", "1.02");
        }
        portfolio.put(account(held));
        tape.append(header -> new Events.SessionChanged(header, Samples.MONDAY, false));
        CloseOfBusiness close = start(List.of(data));
        door.await(Commands.OpenBusinessDate.class);
        close.close();
        List<Commands.RecordMarks> commands = door.commands(Commands.RecordMarks.class);
        assertEquals(
                List.of(500, 500, 2),
                commands.stream().map(c -> c.marks().size()).toList());
        assertEquals(
                List.of(false, false, true),
                commands.stream().map(Commands.RecordMarks::closing).toList());
    }

    @Test
    void settlesUntilNothingIsDueWhenADateOpens() {
        portfolio.due(1_500);
        door.answerWith(command -> {
            if (command instanceof Commands.Settle) {
                portfolio.due(Math.max(0, portfolio.dueObligations(TUESDAY) - 1_000));
            }
            return new Outcome(200, 200, Optional.empty(), false, Optional.empty());
        });
        tape.append(header -> new Events.SessionChanged(header, TUESDAY, true));
        CloseOfBusiness close = start(List.of(data));
        door.await(Commands.Progress.class);
        close.close();
        List<Commands.Settle> settles = door.commands(Commands.Settle.class);
        assertEquals(2, settles.size());
        assertEquals(List.of(0, 1), settles.stream().map(s -> s.cause().index()).toList());
        assertEquals(0, portfolio.dueObligations(TUESDAY));
    }

    @Test
    void closesTheSessionWhenMarketTimeHasMovedPastTheDate() {
        portfolio.session(Optional.of(Samples.MONDAY), true);
        clock.set(Samples.NOON_MS, TUESDAY, true);
        CloseOfBusiness close = start(List.of(data));
        Command closed = door.await(Commands.CloseSession.class);
        close.close();
        assertEquals(new Commands.CloseSession(Samples.MONDAY), closed);
    }

    @Test
    void waitsForACalendarThatFailsAndCallsNoSessionOverByAClockThatDoes() throws InterruptedException {
        BusinessDay day =
                new BusinessDay(portfolio, plugIns, List.of(new FakeMarketCalendar()), List.of(data), List.of(clock));
        clock.set(Samples.NOON_MS, TUESDAY, true);
        assertTrue(day.isOver(Samples.MONDAY));
        plugIns.open("MarketClock", "clock");
        assertFalse(day.isOver(Samples.MONDAY));
        plugIns.open("MarketCalendar", "calendar");
        UnavailableException away = assertThrows(UnavailableException.class, () -> day.next(Samples.MONDAY));
        assertEquals("CALENDAR_FAILED", away.code());
        plugIns.open("MarketData", "prices");
        assertEquals(
                "MARKS_FAILED",
                assertThrows(UnavailableException.class, day::marks).code());
    }

    private CloseOfBusiness start(List<FakeMarketData> markets) {
        return start(portfolio, markets);
    }

    private CloseOfBusiness start(FakePortfolio portfolio, List<FakeMarketData> markets) {
        BusinessDay day = new BusinessDay(
                portfolio, plugIns, List.of(new FakeMarketCalendar()), List.copyOf(markets), List.of(clock));
        return new CloseOfBusiness(tape, portfolio, door, day, new FakeDuty(true));
    }

    private static Account holder() {
        return account(List.of(new Position("IBM", Scale8.ONE, Scale8.ONE, 0, 18_000, 0)));
    }

    private static Account account(List<Position> positions) {
        return new Account(UUID.randomUUID(), Currency.USD, 1_000, 0, 0, 0, positions, 0, false, Samples.NOON_MS, 0);
    }
}
