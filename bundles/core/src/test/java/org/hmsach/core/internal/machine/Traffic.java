package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.ArrayList;
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
import org.hmsach.api.id.HmsId;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;

/** Seeded traffic of every kind of command, sensible and not, that looks at the machine to hit what exists. */
final class Traffic {
    static final UUID PERSON = new UUID(1, 1);
    private static final long ONE = 100_000_000L;
    private static final String[] SYMBOLS = {"ACME", "BETA"};

    private final Journal journal;
    private final Random random;
    private final List<UUID> accounts = new ArrayList<>();
    private LocalDate date = LocalDate.of(2026, 1, 5);
    private int clientIds;
    private int execIds;
    private int causes;

    Traffic(Journal journal, long seed) {
        this.journal = journal;
        this.random = new Random(seed);
    }

    void open() {
        Currency usd = Currency.USD;
        journal.send(new Commands.DefineInstrument(
                new Instrument("ACME", usd, 1_000_000L, ONE, InstrumentStatus.ACTIVE, "crossing")));
        journal.send(new Commands.DefineInstrument(
                new Instrument("BETA", usd, 1_000_000L, 1, InstrumentStatus.ACTIVE, "paper")));
        journal.send(new Commands.OpenVenue("crossing", false));
        journal.send(new Commands.OpenVenue("paper", false));
        journal.send(new Commands.OpenBusinessDate(date, date.plusDays(1)));
        for (int i = 0; i < 3; i++) {
            UUID account = journal.send(new Commands.OpenAccount(usd)).subject().get();
            accounts.add(account);
            journal.send(new Commands.GrantAccess(PERSON, account, Role.INVESTOR));
            UUID transfer = journal.send(new Commands.RequestTransfer(
                            account, Direction.INCOMING, new Money(usd, 50_000_00), "operator"))
                    .subject()
                    .get();
            journal.send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
            journal.send(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
            give(account, "ACME", "crossing");
            give(account, "BETA", "paper");
        }
        journal.send(new Commands.OpenVenue("crossing", true));
    }

    private void give(UUID account, String symbol, String venue) {
        OrderRequest request = new OrderRequest(
                account,
                "c" + ++clientIds,
                symbol,
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                500 * ONE,
                OptionalLong.of(10 * ONE));
        UUID order = journal.as(PERSON, new Commands.PlaceOrder(request, clientIds, Optional.empty(), 0, 0, List.of()))
                .subject()
                .get();
        journal.send(new Commands.ReportFill(cause(), venue, 0, exec(), order, 500 * ONE, 10 * ONE));
    }

    void step() {
        journal.nowMs += random.nextInt(3000);
        int dice = random.nextInt(100);
        if (dice < 30) {
            place();
        } else if (dice < 36) {
            journal.as(person(), new Commands.CancelOrder(anyOrder()));
        } else if (dice < 43) {
            replace();
        } else if (dice < 58) {
            trade();
        } else if (dice < 68) {
            fill();
        } else if (dice < 77) {
            report();
        } else if (dice < 82) {
            journal.send(
                    new Commands.BookFee(cause(), anyOrder(), "f" + execIds, 1 + random.nextInt(300), "commission"));
        } else if (dice < 90) {
            books();
        } else if (dice < 95) {
            transfer();
        } else if (dice < 99) {
            rules();
        } else {
            nonsense();
        }
    }

    private UUID person() {
        return random.nextInt(40) == 0 ? new UUID(9, 9) : PERSON;
    }

    private UUID account() {
        return random.nextInt(30) == 0 ? new UUID(3, 3) : accounts.get(random.nextInt(accounts.size()));
    }

    private UUID anyOrder() {
        List<Order> orders = journal.machine().orders();
        if (orders.isEmpty() || random.nextInt(25) == 0) {
            return HmsId.of(Journal.CLUSTER, random.nextInt(50), 0);
        }
        // mostly the newest ones, which are open
        int back = Math.min(orders.size(), random.nextInt(12) + 1);
        return orders.get(orders.size() - back).id();
    }

    private Cause cause() {
        int again = random.nextInt(12) == 0 ? 1 : 0;
        causes += 1 - again;
        return new Cause("mfe.exec", Math.max(0, journal.machine().entry() - random.nextInt(3) * again), causes);
    }

    private long price() {
        return (95 + random.nextInt(10)) * ONE / 10 + random.nextInt(10) * 1_000_000L;
    }

    private long qty() {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt(5) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(1_000_000_000);
            default -> (1 + random.nextInt(60)) * ONE;
        };
    }

    private List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        if (random.nextInt(40) != 0) {
            verdicts.add(Verdict.allow("gov.collar", "1", Map.of("price", "10")));
        }
        if (random.nextInt(60) == 0) {
            verdicts.add(Verdict.unanswered("gov.session", Reason.GOV_CHECK_TIMEOUT, "too slow"));
        }
        return verdicts;
    }

    private void place() {
        boolean limit = random.nextInt(4) != 0;
        Side side = random.nextInt(5) < 3 ? Side.BUY : Side.SELL;
        int id = random.nextInt(15) == 0 ? clientIds : ++clientIds;
        OptionalLong price = limit ? OptionalLong.of(price()) : OptionalLong.empty();
        Optional<ReferencePrice> reference =
                random.nextInt(9) == 0 ? Optional.empty() : Optional.of(new ReferencePrice(10 * ONE, "feed", 5));
        OrderRequest request = new OrderRequest(
                account(),
                "c" + id,
                random.nextInt(50) == 0 ? "NONE" : SYMBOLS[random.nextInt(2)],
                side,
                limit ? OrderType.LIMIT : OrderType.MARKET,
                TimeInForce.values()[random.nextInt(4)],
                qty(),
                price);
        long reserve = price.orElse(reference.isPresent() ? 105 * ONE / 10 : 0);
        long hash = request.hashCode() * 31L + id;
        long feeMinor = random.nextInt(50) == 0 ? -1 : 200;
        journal.as(person(), new Commands.PlaceOrder(request, hash, reference, reserve, feeMinor, verdicts()));
    }

    private void replace() {
        OptionalLong qty = random.nextBoolean() ? OptionalLong.of(qty()) : OptionalLong.empty();
        OptionalLong price = random.nextBoolean() ? OptionalLong.of(price()) : OptionalLong.empty();
        int id = random.nextInt(12) == 0 ? clientIds : ++clientIds;
        journal.as(
                person(),
                new Commands.ReplaceOrder(
                        anyOrder(),
                        "c" + id,
                        id,
                        qty,
                        price,
                        Optional.empty(),
                        Optional.of(new ReferencePrice(10 * ONE, "feed", 5)),
                        150,
                        verdicts()));
    }

    private long incarnation(String venue) {
        return random.nextInt(20) == 0 ? 1 : journal.incarnations.getOrDefault(venue, 0L);
    }

    private void trade() {
        List<Order> buys = new ArrayList<>();
        List<Order> sells = new ArrayList<>();
        for (Order o : journal.machine().orders()) {
            if (!o.state().isFinal() && o.venue().equals("crossing")) {
                (o.request().side() == Side.BUY ? buys : sells).add(o);
            }
        }
        if (buys.isEmpty() || sells.isEmpty()) {
            return;
        }
        Order buy = buys.get(random.nextInt(buys.size()));
        Order sell = sells.get(random.nextInt(sells.size()));
        long most = Math.min(buy.openE8(), sell.openE8());
        long qty = random.nextInt(15) == 0 ? most + 1 : Math.max(1, most / (1 + random.nextInt(3)));
        long price = sell.request()
                .limitPriceE8()
                .orElse(buy.request().limitPriceE8().orElse(10 * ONE));
        journal.send(new Commands.ReportTrade(
                cause(), "crossing", incarnation("crossing"), exec(), buy.id(), sell.id(), qty, price));
    }

    private String exec() {
        return "x" + (random.nextInt(15) == 0 ? execIds : ++execIds);
    }

    private void fill() {
        UUID id = anyOrder();
        long open = journal.machine().order(id).map(Order::openE8).orElse(ONE);
        long qty = random.nextInt(8) == 0 ? open + ONE : Math.max(1, open / (1 + random.nextInt(3)));
        long price = random.nextInt(30) == 0 ? Long.MAX_VALUE : price();
        journal.send(new Commands.ReportFill(cause(), "paper", incarnation("paper"), exec(), id, qty, price));
    }

    private UUID pendingOrder() {
        for (Order o : journal.machine().orders()) {
            if (o.state() == OrderState.PENDING_CANCEL || o.state() == OrderState.PENDING_REPLACE) {
                return o.id();
            }
        }
        return anyOrder();
    }

    private void report() {
        UUID id = random.nextBoolean() ? pendingOrder() : anyOrder();
        String venue = journal.machine().order(id).map(Order::venue).orElse("paper");
        Commands.VenueAnswer[] answers = Commands.VenueAnswer.values();
        Commands.VenueAnswer answer = answers[random.nextInt(answers.length)];
        if (random.nextInt(4) != 0) {
            answer = journal.machine().order(id).map(Traffic::fitting).orElse(answer);
        }
        journal.send(new Commands.ReportOrder(cause(), venue, incarnation(venue), id, answer, "words"));
    }

    private static Commands.VenueAnswer fitting(Order o) {
        return switch (o.state()) {
            case PENDING_REPLACE -> Commands.VenueAnswer.REPLACED;
            case PENDING_CANCEL -> Commands.VenueAnswer.CANCELED;
            default -> Commands.VenueAnswer.CANCEL_REJECTED;
        };
    }

    private void books() {
        switch (random.nextInt(6)) {
            case 0 -> {
                journal.send(new Commands.CloseSession(date));
                date = date.plusDays(1);
                journal.send(new Commands.OpenBusinessDate(date, date.plusDays(1)));
            }
            case 1, 2, 3 -> journal.send(new Commands.Settle(cause(), date, 1 + random.nextInt(20)));
            case 4 ->
                journal.send(new Commands.RecordMarks(
                        cause(),
                        List.of(new Commands.Mark("ACME", new ReferencePrice(price(), "close", journal.nowMs))),
                        random.nextBoolean()));
            default -> {
                boolean crossing = random.nextBoolean();
                boolean odd = random.nextInt(8) == 0;
                journal.send(new Commands.OpenVenue(crossing ? "crossing" : "paper", crossing != odd));
            }
        }
    }

    private void transfer() {
        List<Transfer> all = journal.machine().transfers();
        if (random.nextBoolean()) {
            Direction direction = random.nextBoolean() ? Direction.INCOMING : Direction.OUTGOING;
            long minor = random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextInt(1_000_00);
            Command c = new Commands.RequestTransfer(account(), direction, new Money(Currency.USD, minor), "operator");
            journal.withKey(PERSON, "k" + random.nextInt(40), c);
        } else {
            Transfer t = all.get(random.nextInt(all.size()));
            TransferState[] states = TransferState.values();
            journal.send(
                    new Commands.UpdateTransfer(Optional.empty(), t.id(), states[random.nextInt(states.length)], "d"));
        }
    }

    private void rules() {
        UUID account = account();
        Optional<UUID> whose = random.nextBoolean() ? Optional.of(account) : Optional.empty();
        Command[] some = {
            new Commands.SetLimits(whose, new Limits(1_000_000, 50 * ONE, 40, 60, 20_000, random.nextInt(2) * 500)),
            new Commands.SetRestriction(whose, SYMBOLS[random.nextInt(2)], true),
            new Commands.SetKillSwitch(whose, true),
            new Commands.SetInstrumentStatus("BETA", InstrumentStatus.HALTED),
            new Commands.SetRequiredRules(random.nextBoolean() ? List.of("gov.collar") : List.of(), true),
            new Commands.ActivatePolicy(new PolicyVersion("gov.collar", "v" + causes, "ab".repeat(32))),
            new Commands.RevokeKey("key" + random.nextInt(5)),
            new Commands.GrantAccess(new UUID(5, random.nextInt(3)), account, Role.values()[random.nextInt(5)]),
            new Commands.RevokeAccess(new UUID(5, random.nextInt(3)), account),
            new Commands.Progress(
                    random.nextBoolean() ? "mfe.exec" : "mfe.books",
                    Math.max(0, journal.machine().entry() - 5)),
            new Commands.ActivateMachineVersion(random.nextInt(3)),
            new Commands.RecordNote("note", Map.of("by", "somebody")),
            new Commands.DefineInstrument(
                    new Instrument("GAMMA", Currency.USD, ONE, ONE, InstrumentStatus.ACTIVE, "paper")),
            new Commands.OpenAccount(Currency.USD)
        };
        journal.send(some[random.nextInt(some.length)], Origin.ofModule("gov.checks"));
        place();
        resume(whose);
    }

    /** A stop that stays would leave nothing to see. */
    private void resume(Optional<UUID> whose) {
        RuleBook book = journal.machine().ruleBook();
        if (book.killSwitch() || !book.blockedAccounts().isEmpty()) {
            journal.send(new Commands.SetKillSwitch(whose, false));
        }
        if (!book.restricted().isEmpty() || !book.accountRestricted().isEmpty()) {
            journal.send(new Commands.SetRestriction(whose, "ACME", false));
            journal.send(new Commands.SetRestriction(whose, "BETA", false));
        }
        if (book.instruments().get("BETA").status() != InstrumentStatus.ACTIVE) {
            journal.send(new Commands.SetInstrumentStatus("BETA", InstrumentStatus.ACTIVE));
        }
    }

    private void nonsense() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        journal.append(new Journal.Line(journal.nowMs, bytes));
    }
}
