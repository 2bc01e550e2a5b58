package org.hmsach.bench.memory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.core.internal.view.Views;

/** A machine and its published views, filled by commands; each account has a person of its own. */
final class Population {
    private static final String SYMBOL = "ACME";
    private static final String VENUE = "street";
    private static final long CENT_E8 = 1_000_000;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int MOST_CAUSES = 50_000;

    private final Machine machine = new Machine();
    private final Views views = new Views(machine);
    private final CommandCodec codec = new CommandCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    private UUID[] accounts = new UUID[0];

    Population() {
        send(new Genesis(77, 1));
        send(new Commands.DefineInstrument(
                new Instrument(SYMBOL, Currency.USD, CENT_E8, Scale8.ONE, InstrumentStatus.ACTIVE, VENUE)));
        send(new Commands.OpenVenue(VENUE, false));
        LocalDate date = LocalDate.of(2026, 1, 5);
        send(new Commands.OpenBusinessDate(date, date.plusDays(1)));
    }

    /** Opens accounts and gives each to its person. */
    void open(int count) {
        accounts = new UUID[count];
        for (int i = 0; i < count; i++) {
            accounts[i] = send(new Commands.OpenAccount(Currency.USD));
            send(new Commands.GrantAccess(person(i), accounts[i], Role.INVESTOR));
        }
    }

    /** A completed deposit for each. */
    void deposit() {
        for (UUID account : accounts) {
            UUID transfer = send(new Commands.RequestTransfer(
                    account, Direction.INCOMING, new Money(Currency.USD, 1_000_00), "operator"));
            send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
            send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        }
    }

    /** Each buys ten units and gets them. */
    void hold() {
        for (int i = 0; i < accounts.length; i++) {
            UUID order = order(i, "h");
            Cause cause = new Cause("mfe.exec", machine.entry(), 0);
            send(new Commands.ReportFill(cause, VENUE, 0, "x" + i, order, 10 * Scale8.ONE, 100 * CENT_E8));
            if (i % MOST_CAUSES == 0) {
                send(new Commands.Progress("mfe.exec", machine.entry() - 1));
            }
        }
        send(new Commands.Progress("mfe.exec", machine.entry() - 1));
    }

    /** Each leaves an order open. */
    void order() {
        for (int i = 0; i < accounts.length; i++) {
            order(i, "o");
        }
    }

    private UUID order(int i, String name) {
        OrderRequest request = new OrderRequest(
                accounts[i],
                name + i,
                SYMBOL,
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                10 * Scale8.ONE,
                OptionalLong.of(100 * CENT_E8));
        Command place = new Commands.PlaceOrder(request, i, Optional.empty(), 0, 0, List.of());
        return send(place, new Origin(person(i), "gateway", "r-1", Optional.empty()));
    }

    private static UUID person(int i) {
        return new UUID(1, i + 1L);
    }

    private UUID send(Command command) {
        return send(command, Origin.ofModule("mfe.exec"));
    }

    private UUID send(Command command, Origin origin) {
        int length = codec.encode(command, origin, buffer);
        long number = machine.entry() + 1;
        var answer = machine.apply(new Entry(number, START_MS + number / 100, buffer, 0, length), (b, o, l) -> {});
        answer.refusal().ifPresent(refusal -> {
            throw new IllegalStateException(command + " was refused: " + refusal);
        });
        views.publishTouched();
        return answer.subject().orElse(Origin.NOBODY);
    }

    /** @throws IllegalStateException when an account has not what it was given */
    void requireWhole(int count) {
        for (Account account : views.accounts()) {
            boolean whole = account.openOrders() == 1
                    && account.positions().size() == 1
                    && account.unsettledMinor() == -10_00
                    && account.settledMinor() == 1_000_00;
            if (!whole) {
                throw new IllegalStateException("not what it was given: " + account);
            }
        }
        if (views.accounts().size() != count) {
            throw new IllegalStateException(views.accounts().size() + " accounts instead of " + count);
        }
    }
}
