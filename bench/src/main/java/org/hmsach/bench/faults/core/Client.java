package org.hmsach.bench.faults.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Role;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;

/**
 * A person with one account, and the venue and bank behind the person's orders and deposits. Knows what the account
 * must have at the end. One thread.
 */
final class Client {
    private static final long PRICE_E8 = Scale8.parse("2.5");
    private static final long PRICE_MINOR = 250;
    private static final int NOTE_CHARS = 200;
    private static final int MOST_OPEN = 20;
    private final CoreUnderTest core;
    private final String name;
    private final UUID person;
    private final Random random;
    private final Deque<Placed> open = new ArrayDeque<>();
    private UUID account = Origin.NOBODY;
    private long requests;
    private long cashMinor;
    private long sharesE8;

    private record Placed(UUID order, long entry, long shares) {}

    Client(CoreUnderTest core, int number, long seed) {
        this.core = core;
        this.name = "c" + number;
        this.person = new UUID(1, number);
        this.random = new Random(seed + number);
    }

    /** Opens the account, once. */
    void open() throws InterruptedException {
        account = own(new Commands.OpenAccount(Currency.USD)).subject().orElseThrow();
        own(new Commands.GrantAccess(person, account, Role.INVESTOR));
        deposit(1_000_000_00);
    }

    /** Does the next thing, to its end. */
    void step() throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 4) {
            deposit(1 + random.nextInt(1_000_00));
        } else if (dice < 8) {
            note();
        } else if (open.size() > MOST_OPEN || (dice < 30 && !open.isEmpty())) {
            cancel(open.poll());
        } else if (dice < 45 && !open.isEmpty()) {
            replace(open.poll());
        } else if (dice < 70 && !open.isEmpty()) {
            fill(open.poll());
        } else {
            place();
        }
    }

    private void deposit(long minor) throws InterruptedException {
        UUID transfer = own(new Commands.RequestTransfer(
                        account, Direction.INCOMING, new Money(Currency.USD, minor), "operator"))
                .subject()
                .orElseThrow();
        own(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        own(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        cashMinor += minor;
    }

    /** Longer than one frame of the log. */
    private void note() throws InterruptedException {
        String text = name.repeat(NOTE_CHARS / name.length());
        Map<String, String> values = new java.util.TreeMap<>();
        for (int i = 0; i < 1 + random.nextInt(16); i++) {
            values.put("key" + i, text);
        }
        own(new Commands.RecordNote("note", values));
    }

    private void place() throws InterruptedException {
        long shares = 1L + random.nextInt(9);
        String id = nextRequest();
        OrderRequest request = new OrderRequest(
                account,
                "order-" + id,
                CoreLoad.SYMBOL,
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                shares * Scale8.ONE,
                OptionalLong.of(PRICE_E8));
        Answer answer = core.done(
                new Commands.PlaceOrder(request, 1, Optional.empty(), PRICE_E8, 0, verdicts()),
                new Origin(person, "gateway", id, Optional.empty()));
        // the entry is the first answer's or a later one's: a cause only has to be before the report
        open.add(new Placed(answer.subject().orElseThrow(), answer.entry(), shares));
    }

    private static List<Verdict> verdicts() {
        return List.of(Verdict.allow(CoreLoad.RULE, "1", Map.of("price", "2.5")));
    }

    private void fill(Placed placed) throws InterruptedException {
        String id = nextRequest();
        long shares = 1L + random.nextInt((int) placed.shares());
        reported(
                id,
                new Commands.ReportFill(
                        cause(placed), CoreLoad.VENUE, 0, "exec-" + id, placed.order(), shares * Scale8.ONE, PRICE_E8));
        sharesE8 += shares * Scale8.ONE;
        cashMinor -= shares * PRICE_MINOR;
        if (shares < placed.shares()) {
            open.add(new Placed(placed.order(), placed.entry(), placed.shares() - shares));
        }
    }

    private void cancel(Placed placed) throws InterruptedException {
        own(new Commands.CancelOrder(placed.order()));
        report(placed, Commands.VenueAnswer.CANCELED);
    }

    private void replace(Placed placed) throws InterruptedException {
        String id = nextRequest();
        core.done(
                new Commands.ReplaceOrder(
                        placed.order(),
                        "order-" + id,
                        1,
                        OptionalLong.empty(),
                        OptionalLong.of(PRICE_E8),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        verdicts()),
                new Origin(person, "gateway", id, Optional.empty()));
        report(placed, Commands.VenueAnswer.REPLACED);
    }

    private void report(Placed placed, Commands.VenueAnswer answer) throws InterruptedException {
        reported(nextRequest(), new Commands.ReportOrder(cause(placed), CoreLoad.VENUE, 0, placed.order(), answer, ""));
    }

    /** Unique: the number of the request is in it. */
    private Cause cause(Placed placed) {
        return new Cause("mfe.exec." + name, placed.entry(), (int) (requests % 1_000_000));
    }

    private void reported(String id, Command command) throws InterruptedException {
        core.done(command, new Origin(Origin.NOBODY, "mfe.exec", id, Optional.empty()));
    }

    private Answer own(Command command) throws InterruptedException {
        String id = nextRequest();
        return core.done(command, new Origin(person, "gateway", id, Optional.of(id)));
    }

    private String nextRequest() {
        requests++;
        return name + "-" + requests;
    }

    UUID account() {
        return account;
    }

    long cashMinor() {
        return cashMinor;
    }

    long sharesE8() {
        return sharesE8;
    }
}
