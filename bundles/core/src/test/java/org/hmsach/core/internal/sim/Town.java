package org.hmsach.core.internal.sim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;

/** The organisation that a run begins with: people, accounts with money and shares, instruments, venues, a date. */
final class Town {
    static final long CLUSTER = 77;
    static final long ONE = 100_000_000L;
    static final String CROSSING = "crossing";
    static final String STREET = "street";
    static final Currency YEN = new Currency("JPY", 0);
    static final List<String> DOLLAR_SYMBOLS = List.of("ACME", "BETA", "GAMA");
    static final String YEN_SYMBOL = "NIPP";
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);
    private static final long TICK_E8 = 1_000_000L;

    /** Somebody who trades, with accounts. */
    record Person(UUID id, List<UUID> accounts) {}

    private final World world;
    final List<Person> people = new ArrayList<>();
    final List<UUID> accounts = new ArrayList<>();
    private int given;

    Town(World world) {
        this.world = world;
    }

    void found(Chance chance) {
        send(new Genesis(CLUSTER, 1 + chance.below(Machine.NEWEST_VERSION)));
        define("ACME", Currency.USD, ONE, CROSSING);
        define("BETA", Currency.USD, 1, STREET);
        define("GAMA", Currency.USD, TICK_E8, CROSSING);
        define(YEN_SYMBOL, YEN, ONE / 10, STREET);
        send(new Commands.OpenVenue(CROSSING, false));
        send(new Commands.OpenVenue(STREET, false));
        send(new Commands.OpenBusinessDate(FIRST_DAY, FIRST_DAY.plusDays(1)));
        int persons = 2 + chance.below(2);
        for (int i = 0; i < persons; i++) {
            Person person = new Person(new UUID(1, i + 1L), new ArrayList<>());
            people.add(person);
            open(person, Currency.USD, 50_000_00L);
            if (i == 0) {
                open(person, YEN, 5_000_000L);
            }
        }
    }

    private void define(String symbol, Currency currency, long lotE8, String venue) {
        send(new Commands.DefineInstrument(
                new Instrument(symbol, currency, TICK_E8, lotE8, InstrumentStatus.ACTIVE, venue)));
    }

    private void open(Person person, Currency currency, long minor) {
        UUID account = send(new Commands.OpenAccount(currency)).subject().orElseThrow();
        person.accounts().add(account);
        accounts.add(account);
        send(new Commands.GrantAccess(person.id(), account, Role.INVESTOR));
        UUID transfer = send(new Commands.RequestTransfer(
                        account, Direction.INCOMING, new Money(currency, minor), "operator"))
                .subject()
                .orElseThrow();
        send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        for (String symbol : currency.equals(YEN) ? List.of(YEN_SYMBOL) : DOLLAR_SYMBOLS) {
            give(person, account, symbol);
        }
    }

    /** Everybody begins with some shares, bought on the street. */
    private void give(Person person, UUID account, String symbol) {
        String venue = world.machine().ruleBook().instruments().get(symbol).venue();
        OrderRequest request = new OrderRequest(
                account,
                "given" + ++given,
                symbol,
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                300 * ONE,
                OptionalLong.of(10 * ONE));
        Origin origin = new Origin(person.id(), "gateway", "r", Optional.empty());
        Ticket ticket =
                world.submit(new Commands.PlaceOrder(request, given, Optional.empty(), 0, 0, List.of()), origin);
        world.settle();
        UUID order = ticket.acknowledged().orElseThrow().answer().subject().orElseThrow();
        Cause cause = new Cause("mfe.exec", world.machine().entry(), given);
        send(new Commands.ReportFill(cause, venue, 0, "given" + given, order, 300 * ONE, 10 * ONE));
    }

    private Answer send(Command command) {
        Ticket ticket = world.submit(command, Origin.ofModule("setup"));
        world.settle();
        Answer answer = ticket.acknowledged().orElseThrow().answer();
        Comparison.same("refusal of the setup's " + command, Optional.empty(), answer.refusal());
        return answer;
    }
}
