package org.hmsach.core.internal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;

/** A client with what intake adds: sends, sends again when it knows no answer, and at times what it should not. */
final class Investor implements Actor {
    static final String ID_PREFIX = "i";
    static final String RULE = "gov.collar";
    private static final long ONE = Town.ONE;
    /** What was not answered for so long is given up: its id may be forgotten soon. */
    private static final int PATIENCE_ENTRIES = 300;

    /** A command whose answer is still owed. */
    private record Owed(Ticket ticket, Origin origin, long sinceEntry) {}

    private final World world;
    private final Town town;
    private final Town.Person person;
    private final Chance chance;
    private final List<Owed> owed = new ArrayList<>();
    private final List<Commands.PlaceOrder> placed = new ArrayList<>();
    private int ids;

    Investor(World world, Town town, Town.Person person, Chance chance) {
        this.world = world;
        this.town = town;
        this.person = person;
        this.chance = chance;
    }

    @Override
    public void step() {
        owed.removeIf(o ->
                o.ticket().acknowledged().isPresent() || world.machine().entry() - o.sinceEntry() > PATIENCE_ENTRIES);
        Optional<Owed> lost = owed.stream().filter(o -> o.ticket().isLost()).findFirst();
        if (lost.isPresent()) {
            again(lost.get());
            return;
        }
        int dice = chance.below(100);
        if (dice < 58) {
            place();
        } else if (dice < 70) {
            send(new Commands.CancelOrder(someOrder()), origin());
        } else if (dice < 86) {
            replace();
        } else if (dice < 92) {
            repeat();
        } else {
            transfer();
        }
    }

    /** The same command under the same id, as a client does that knows no answer. */
    private void again(Owed o) {
        owed.remove(o);
        owed.add(new Owed(world.submit(o.ticket().command, o.origin()), o.origin(), o.sinceEntry()));
    }

    private void send(Command command, Origin origin) {
        owed.add(new Owed(world.submit(command, origin), origin, world.machine().entry()));
    }

    private Origin origin() {
        UUID who = chance.oneIn(60) ? new UUID(9, 9) : person.id();
        return new Origin(who, "gateway", "r" + ids, Optional.empty());
    }

    private UUID account() {
        if (chance.oneIn(40)) {
            return chance.of(town.accounts);
        }
        return chance.oneIn(80) ? new UUID(3, 3) : chance.of(person.accounts());
    }

    private String freshId() {
        return ID_PREFIX + person.id().getLeastSignificantBits() + "-" + ++ids;
    }

    private void place() {
        UUID account = account();
        boolean yen = world.machine()
                .account(account)
                .map(a -> a.currency().equals(Town.YEN))
                .orElse(false);
        String symbol = yen != chance.oneIn(60) ? Town.YEN_SYMBOL : chance.of(Town.DOLLAR_SYMBOLS);
        boolean limit = !chance.oneIn(4);
        OptionalLong price = limit ? OptionalLong.of(price()) : OptionalLong.empty();
        Optional<ReferencePrice> reference =
                chance.oneIn(15) ? Optional.empty() : Optional.of(new ReferencePrice(10 * ONE, "feed", 5));
        OrderRequest request = new OrderRequest(
                account,
                freshId(),
                chance.oneIn(80) ? "NONE" : symbol,
                chance.below(5) < 3 ? Side.BUY : Side.SELL,
                limit ? OrderType.LIMIT : OrderType.MARKET,
                chance.of(TimeInForce.DAY, TimeInForce.DAY, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK),
                qty(symbol),
                price);
        long reserve = price.orElse(reference.isPresent() ? 1_050_000_000L : 0);
        Commands.PlaceOrder order =
                new Commands.PlaceOrder(request, chance.anyLong(), reference, reserve, fee(), verdicts());
        placed.add(order);
        send(order, origin());
    }

    private long price() {
        return (chance.oneIn(40) ? 0 : 1_000_000L * chance.between(940, 1_060))
                + (chance.oneIn(40) ? 1 + chance.below(999_999) : 1_000_000L);
    }

    private long qty(String symbol) {
        if (chance.oneIn(150)) {
            return chance.of(Long.MAX_VALUE, 1L << 60, 1L << 45);
        }
        if (symbol.equals("ACME") || chance.oneIn(2)) {
            return chance.between(1, 60) * ONE;
        }
        return switch (symbol) {
            case "BETA" -> chance.between(1, 40 * ONE);
            case "GAMA" -> chance.between(1, 4_000) * 1_000_000L;
            default -> chance.between(1, 500) * ONE / 10;
        };
    }

    private long fee() {
        return chance.oneIn(80) ? chance.of(-1L, 1L << 51) : chance.oneIn(3) ? 0 : chance.between(1, 400);
    }

    private List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        if (!chance.oneIn(40)) {
            verdicts.add(Verdict.allow(RULE, "1", Map.of("price", "10")));
        }
        if (chance.oneIn(60)) {
            Reason reason = chance.of(Reason.GOV_CHECK_TIMEOUT, Reason.GOV_CHECK_FAILED, Reason.RULE_DENIED);
            verdicts.add(Verdict.unanswered("gov.session", reason, "no"));
        }
        return verdicts;
    }

    private UUID someOrder() {
        List<Order> orders = world.machine().orders();
        if (orders.isEmpty() || chance.oneIn(40)) {
            return HmsId.of(Town.CLUSTER, chance.below(200), 0);
        }
        int back = 1 + chance.below(Math.min(orders.size(), 30));
        return orders.get(orders.size() - back).id();
    }

    private void replace() {
        UUID order = someOrder();
        String symbol =
                world.machine().order(order).map(o -> o.request().symbol()).orElse("ACME");
        boolean limit = world.machine()
                .order(order)
                .map(o -> o.request().type() == OrderType.LIMIT)
                .orElse(true);
        OptionalLong qty = chance.oneIn(2) ? OptionalLong.of(qty(symbol)) : OptionalLong.empty();
        OptionalLong price =
                limit != chance.oneIn(20) && chance.oneIn(2) ? OptionalLong.of(price()) : OptionalLong.empty();
        Optional<TimeInForce> tif = chance.oneIn(4) ? Optional.of(TimeInForce.GTC) : Optional.empty();
        Optional<ReferencePrice> reference = Optional.of(new ReferencePrice(10 * ONE, "feed", 5));
        send(
                new Commands.ReplaceOrder(
                        order, freshId(), chance.anyLong(), qty, price, tif, reference, fee(), verdicts()),
                origin());
    }

    /** An order sent once more under its id, with the same body or another one. */
    private void repeat() {
        if (placed.isEmpty()) {
            return;
        }
        int back = 1 + chance.below(Math.min(placed.size(), 12));
        Commands.PlaceOrder o = placed.get(placed.size() - back);
        long hash = o.bodyHash() + (chance.oneIn(2) ? 1 : 0);
        Commands.PlaceOrder again = new Commands.PlaceOrder(
                o.request(), hash, o.reference(), o.reserveLimitE8(), o.feeEstimateMinor(), o.verdicts());
        world.submit(again, origin());
    }

    private void transfer() {
        UUID account = account();
        Currency currency =
                world.machine().account(account).map(a -> a.currency()).orElse(Currency.USD);
        long minor = chance.oneIn(30) ? Long.MAX_VALUE : chance.between(0, 2_000_00);
        Direction direction = chance.of(Direction.INCOMING, Direction.OUTGOING);
        // few keys, so that some are used again, with the same body or another one
        String key = "k" + chance.below(20);
        Origin origin = new Origin(person.id(), "gateway", "r" + ids, Optional.of(key));
        send(new Commands.RequestTransfer(account, direction, new Money(currency, minor), "ach"), origin);
    }
}
