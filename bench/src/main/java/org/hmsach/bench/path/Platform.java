package org.hmsach.bench.path;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
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
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.bench.run.WordHash;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.mkt.venue.internal.crossing.CrossingVenue;
import org.hmsach.spi.mkt.Venue;

/**
 * Everything an order meets in the core, on one thread: command to bytes, machine, events as bytes, their reading by
 * the module that routes orders, the crossing venue, its answers as commands through the machine again. What is missing
 * is the log, the threads between, and the checks before the door; their verdicts are attached.
 */
public final class Platform implements Venue.Reports {
    /** Cents that each account is given. */
    static final long CASH_CENTS = 1_000_000_000_00L;
    /** Units of the instrument that each account is given. */
    static final long UNITS = 1_000_000;

    private static final UUID PERSON = new UUID(1, 1);
    private static final String SYMBOL = "ACME";
    private static final String VENUE = "crossing";
    private static final String EXEC = "mfe.exec";
    private static final List<String> REQUIRED = List.of("gov.collar", "gov.session", "gov.instrument");
    private static final long CENT_E8 = 1_000_000;
    private static final long START_MS = 1_800_000_000_000L;
    private static final int ENTRIES_PER_MS = 100;
    private static final int REPORTS_PER_BOOKMARK = 1_000;

    private final Tap tap;
    private final Machine machine = new Machine();
    private final CommandCodec commands = new CommandCodec();
    private final EventCodec events = new EventCodec();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1_024);
    private final Origin client = new Origin(PERSON, "gateway", "r-1", Optional.empty());
    private final Origin exec = Origin.ofModule(EXEC);
    private final List<byte[]> told = new ArrayList<>();
    private final ArrayDeque<Command> reports = new ArrayDeque<>();
    private final List<UUID> accounts = new ArrayList<>();
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private UUID[] orders = new UUID[0];
    private Optional<Venue.Session> session = Optional.empty();
    private WordHash trades = new WordHash();
    private long incarnation;
    private long eventNumber;
    private long causeEntry;
    private int causeIndex = -1;
    private long reported;

    /** So many units at so many cents. */
    private record Limit(long cents, long units) {}

    /** Sees each command as it goes to the log. */
    @FunctionalInterface
    public interface Tap {
        /** The bytes are only good during the call. */
        void command(DirectBuffer buffer, int length);
    }

    /** An organisation with its accounts, their cash and their holdings. */
    public Platform(Tap tap) {
        this.tap = tap;
        accept(new Genesis(77, 1));
        accept(new Commands.SetRequiredRules(REQUIRED, false));
        accept(new Commands.DefineInstrument(
                new Instrument(SYMBOL, Currency.USD, CENT_E8, Scale8.ONE, InstrumentStatus.ACTIVE, VENUE)));
        accept(new Commands.SetLimits(
                Optional.empty(), new Limits(CASH_CENTS, UNITS * Scale8.ONE, 100_000, 100_000, 1_000, 0)));
        accept(new Commands.OpenVenue(VENUE, false));
        LocalDate date = LocalDate.of(2026, 1, 5);
        accept(new Commands.OpenBusinessDate(date, date.plusDays(1)));
        for (int i = 0; i < OrderFlow.ACCOUNTS; i++) {
            accounts.add(account(i));
        }
        accept(new Commands.OpenVenue(VENUE, true));
        incarnation = machine.entry();
        session = Optional.of(new CrossingVenue().open(incarnation, List.of(), this));
    }

    private UUID account(int i) {
        UUID account = accept(new Commands.OpenAccount(Currency.USD)).subject().orElseThrow();
        accept(new Commands.GrantAccess(PERSON, account, Role.INVESTOR));
        Money cash = new Money(Currency.USD, CASH_CENTS + UNITS);
        UUID transfer = accept(new Commands.RequestTransfer(account, Direction.INCOMING, cash, "operator"))
                .subject()
                .orElseThrow();
        accept(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        accept(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        OrderRequest request = request(account, "holding-" + i, Side.BUY, TimeInForce.DAY, new Limit(1, UNITS));
        UUID order = accept(place(request), client).subject().orElseThrow();
        accept(new Commands.ReportFill(cause(), VENUE, 0, "h" + i, order, UNITS * Scale8.ONE, CENT_E8));
        return account;
    }

    /** Makes room for the orders of a flow. */
    public void expect(OrderFlow flow) {
        orders = new UUID[flow.size()];
    }

    /** One order or cancellation goes the whole way, with everything that follows from it. */
    public void step(OrderFlow flow, int i) {
        Command command;
        if (flow.cancels[i]) {
            command = new Commands.CancelOrder(orders[flow.targets[i]]);
        } else {
            command = place(request(
                    accounts.get(flow.accounts[i]),
                    "c" + i,
                    flow.buys[i] ? Side.BUY : Side.SELL,
                    flow.immediate[i] ? TimeInForce.IOC : TimeInForce.DAY,
                    new Limit(flow.prices[i], flow.units[i])));
        }
        Answer answer = accept(command, client);
        if (!flow.cancels[i]) {
            UUID id = answer.subject().orElseThrow();
            orders[i] = id;
            numbers.put(id, i);
        }
        route();
        for (Command report = reports.poll(); report != null; report = reports.poll()) {
            accept(report, exec);
            route();
        }
    }

    private static OrderRequest request(UUID account, String id, Side side, TimeInForce timeInForce, Limit limit) {
        return new OrderRequest(
                account,
                id,
                SYMBOL,
                side,
                OrderType.LIMIT,
                timeInForce,
                limit.units() * Scale8.ONE,
                OptionalLong.of(limit.cents() * CENT_E8));
    }

    private Commands.PlaceOrder place(OrderRequest r) {
        long limitE8 = r.limitPriceE8().orElseThrow();
        List<Verdict> verdicts = List.of(
                Verdict.allow(REQUIRED.get(0), "1", Map.of("price", Scale8.text(limitE8), "reference", "100.01")),
                Verdict.allow(REQUIRED.get(1), "1", Map.of("open", "true")),
                Verdict.allow(REQUIRED.get(2), "1", Map.of("status", "active")));
        ReferencePrice reference = new ReferencePrice(limitE8, "feed", START_MS);
        return new Commands.PlaceOrder(r, r.clientOrderId().hashCode(), Optional.of(reference), limitE8, 0, verdicts);
    }

    /** What mfe.exec does with the events of one entry. */
    private void route() {
        long entry = machine.entry();
        for (int i = 0; i < told.size(); i++) {
            byte[] bytes = told.get(i);
            EventPlace place = new EventPlace(++eventNumber, entry, i, machine.timeMs());
            TapeEvent event = events.decode(new UnsafeBuffer(bytes), 0, bytes.length, place);
            if (event instanceof Events.OrderEvent o && session.isPresent()) {
                if (o.kind() == Events.OrderEventKind.NEW) {
                    session.get().place(entry, o.order());
                } else if (o.kind() == Events.OrderEventKind.PENDING_CANCEL) {
                    session.get().cancel(entry, o.order());
                }
            }
        }
        told.clear();
    }

    private Answer accept(Command command) {
        return accept(command, exec);
    }

    private Answer accept(Command command, Origin origin) {
        int length = commands.encode(command, origin, out);
        tap.command(out, length);
        told.clear();
        long number = machine.entry() + 1;
        Entry entry = new Entry(number, START_MS + number / ENTRIES_PER_MS, out, 0, length);
        Answer answer = machine.apply(entry, (buffer, offset, size) -> {
            byte[] copy = new byte[size];
            buffer.getBytes(offset, copy);
            told.add(copy);
        });
        answer.refusal().ifPresent(refusal -> {
            throw new IllegalStateException(command + " was refused: " + refusal);
        });
        return answer;
    }

    private Cause cause() {
        if (machine.entry() > causeEntry) {
            causeEntry = machine.entry();
            causeIndex = -1;
        }
        return new Cause(EXEC, causeEntry, ++causeIndex);
    }

    private void report(Command command) {
        reports.add(command);
        if (++reported % REPORTS_PER_BOOKMARK == 0) {
            reports.add(new Commands.Progress(EXEC, causeEntry - 1));
        }
    }

    @Override
    public void traded(long cause, Venue.Match match) {
        trades.add(numbers.get(match.taker()));
        trades.add(numbers.get(match.maker()));
        trades.add(match.priceE8() / CENT_E8);
        trades.add(match.qtyE8() / Scale8.ONE);
        report(new Commands.ReportTrade(
                cause(),
                VENUE,
                incarnation,
                match.execId(),
                match.taker(),
                match.maker(),
                match.qtyE8(),
                match.priceE8()));
    }

    @Override
    public void canceled(long cause, UUID order, String detail) {
        report(new Commands.ReportOrder(cause(), VENUE, incarnation, order, Commands.VenueAnswer.CANCELED, detail));
    }

    @Override
    public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
        throw unexpected("filled", order);
    }

    @Override
    public void rejected(long cause, UUID order, String detail) {
        throw unexpected("rejected", order);
    }

    @Override
    public void replaced(long cause, UUID oldOrder) {
        throw unexpected("replaced", oldOrder);
    }

    @Override
    public void cancelRejected(long cause, UUID order, String detail) {
        throw unexpected("cancel rejected", order);
    }

    @Override
    public void replaceRejected(long cause, UUID order, String detail) {
        throw unexpected("replace rejected", order);
    }

    private static IllegalStateException unexpected(String what, UUID order) {
        return new IllegalStateException("order " + order + " was " + what);
    }

    /** The machine, for what a benchmark checks at its end. */
    public Machine machine() {
        return machine;
    }

    /** Trades in their order, then free cash and free units of each account. */
    long digest() {
        WordHash hash = new WordHash();
        hash.add(trades.value());
        for (UUID id : accounts) {
            Account account = machine.account(id).orElseThrow();
            hash.add(account.buyingPowerMinor());
            hash.add(
                    account.positions().isEmpty()
                            ? 0
                            : account.positions().get(0).availableE8() / Scale8.ONE);
        }
        return hash.value();
    }
}
