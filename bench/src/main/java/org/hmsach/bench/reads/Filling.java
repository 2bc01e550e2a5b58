package org.hmsach.bench.reads;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.bench.log.CoreLog;
import org.hmsach.core.internal.codec.CommandCodec;

/**
 * Fills accounts of a stopped platform: straight into its log, since a hundred thousand orders over HTTP take long. All
 * instruments are at a venue that nobody serves, so that open orders stay open.
 */
final class Filling implements AutoCloseable {
    private static final String VENUE = "nowhere";
    private static final String MODULE = "bench.reads";
    private static final List<String> REQUIRED = List.of("gov.collar", "gov.session", "gov.instrument");
    private static final int IN_FLIGHT = 2_048;
    private static final int CHUNK = 10_000;
    private static final long CENT_E8 = 1_000_000;
    private static final long PRICE_E8 = 100 * CENT_E8;
    private static final Money CASH = new Money(Currency.USD, 10_000_000_00L);

    private final CoreLog log;
    private final CommandCodec codec = new CommandCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    private final int instruments;

    /** What an account is given: so many lots, each of its own instrument, and orders. */
    record Content(int lots, int openOrders, int closedOrders) {}

    Filling(Path core, int instruments) throws InterruptedException {
        log = new CoreLog(core);
        this.instruments = instruments;
        List<byte[]> commands = new ArrayList<>();
        commands.add(bytes(new Commands.OpenVenue(VENUE, false)));
        for (int i = 0; i < instruments; i++) {
            commands.add(bytes(new Commands.DefineInstrument(
                    new Instrument(symbol(i), Currency.USD, CENT_E8, Scale8.ONE, InstrumentStatus.ACTIVE, VENUE))));
        }
        log.send(commands, IN_FLIGHT);
        markAll();
    }

    static String symbol(int i) {
        return "X%06d".formatted(i);
    }

    static String clientId(int i) {
        return "reads-" + i;
    }

    private void markAll() throws InterruptedException {
        List<Commands.Mark> marks = new ArrayList<>();
        for (int i = 0; i < instruments; i++) {
            marks.add(new Commands.Mark(symbol(i), new ReferencePrice(PRICE_E8, "bench", 0)));
            if (marks.size() == 500 || i + 1 == instruments) {
                Cause cause = new Cause(MODULE, log.entry(), i);
                log.send(List.of(bytes(new Commands.RecordMarks(cause, marks, false))), 1);
                marks.clear();
            }
        }
    }

    /** Gives the account cash, then lots and orders, the newest orders open. */
    void fill(UUID account, Content content) throws InterruptedException {
        UUID person = log.access(account).keySet().iterator().next();
        Origin client = new Origin(person, "gateway", "r-1", Optional.empty());
        deposit(account);
        int orders = content.closedOrders() + content.openOrders();
        for (int from = 0; from < orders; from += CHUNK) {
            List<byte[]> placed = new ArrayList<>();
            for (int i = from; i < Math.min(orders, from + CHUNK); i++) {
                placed.add(bytes(place(account, i, symbol(i % content.lots())), client));
            }
            List<UUID> ids = log.sendForSubjects(placed, IN_FLIGHT);
            List<byte[]> ends = new ArrayList<>();
            for (int i = 0; i < ids.size() && from + i < content.closedOrders(); i++) {
                ends.add(bytes(end(ids.get(i), from + i, content)));
            }
            ends.add(bytes(new Commands.Progress(MODULE, log.entry())));
            log.send(ends, IN_FLIGHT);
        }
    }

    /** The first orders make the lots; then of every four three are filled and one is canceled. */
    private static Command end(UUID order, int number, Content content) {
        Cause cause = new Cause(MODULE, HmsId.entry(order), 0);
        return number >= content.lots() && number % 4 == 0
                ? new Commands.ReportOrder(cause, VENUE, 0, order, Commands.VenueAnswer.CANCELED, "")
                : new Commands.ReportFill(cause, VENUE, 0, order.toString(), order, Scale8.ONE, PRICE_E8);
    }

    private void deposit(UUID account) throws InterruptedException {
        UUID transfer = log.sendForSubjects(
                        List.of(bytes(new Commands.RequestTransfer(account, Direction.INCOMING, CASH, "operator"))), 1)
                .get(0);
        log.send(List.of(bytes(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""))), 1);
        log.send(
                List.of(bytes(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""))), 1);
    }

    private static Command place(UUID account, int number, String symbol) {
        OrderRequest request = new OrderRequest(
                account,
                clientId(number),
                symbol,
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                Scale8.ONE,
                OptionalLong.of(PRICE_E8));
        List<Verdict> verdicts = REQUIRED.stream()
                .map(rule -> Verdict.allow(rule, "1", Map.of("by", "bench")))
                .toList();
        return new Commands.PlaceOrder(request, number, Optional.empty(), PRICE_E8, 0, verdicts);
    }

    private byte[] bytes(Command command) {
        return bytes(command, Origin.ofModule(MODULE));
    }

    private byte[] bytes(Command command, Origin origin) {
        byte[] bytes = new byte[codec.encode(command, origin, buffer)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Closes the log with a snapshot, as a platform does that is stopped. */
    @Override
    public void close() {
        log.snapshot();
        log.close();
    }
}
