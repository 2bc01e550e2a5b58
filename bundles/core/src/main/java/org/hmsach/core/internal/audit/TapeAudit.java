package org.hmsach.core.internal.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.core.internal.disk.Problem;

/**
 * What must hold of the events alone, reckoned without the machine: every accepted order has an allow-verdict of every
 * rule required then, no client order id is taken twice, every posting balances, and the legs add up to what the
 * accounts have.
 */
final class TapeAudit implements TapeListener {
    /** Where its problems lie: positions are event numbers. */
    static final String TAPE = "tape";

    private static final long KEPT_DAYS = 5;
    private static final long OPEN = -1;
    private final Consumer<Problem> problems;
    private final Set<UUID> approved = new HashSet<>();
    private final Map<ClientId, Taken> clientIds = new HashMap<>();
    private final TreeMap<String, Long> sums = new TreeMap<>();
    private final Map<Balance, Long> balances = new HashMap<>();
    private List<String> required = List.of();
    private long day;
    private long accepted;
    private long unchecked;

    private record ClientId(UUID account, String id) {}

    private record Taken(UUID order, long closedDay) {}

    private record Balance(UUID account, String ledgerAccount, String asset) {}

    TapeAudit(Consumer<Problem> problems) {
        this.problems = problems;
    }

    @Override
    public void onRequiredRules(Events.RequiredRulesChanged event) {
        required = event.rules();
    }

    @Override
    public void onSession(Events.SessionChanged event) {
        if (event.open()) {
            day++;
            clientIds.values().removeIf(t -> t.closedDay() != OPEN && day - t.closedDay() > KEPT_DAYS);
        }
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        Order order = event.order();
        switch (event.kind()) {
            case NEW -> {
                accept(event);
                take(event.header(), order);
            }
            case REJECTED -> take(event.header(), order);
            case PENDING_REPLACE -> {
                expectVerdicts(event);
                order.replacement().map(Replacement::newId).ifPresent(approved::add);
            }
            default -> {
                // changes nothing that is checked, but for the end below
            }
        }
        if (order.state().isFinal()) {
            ClientId id = new ClientId(order.account(), order.request().clientOrderId());
            clientIds.computeIfPresent(id, (key, taken) -> new Taken(taken.order(), day));
            order.replacement().map(Replacement::newId).ifPresent(approved::remove);
        }
    }

    private void accept(Events.OrderEvent event) {
        accepted++;
        if (event.order().replaces().isEmpty()) {
            expectVerdicts(event);
        } else if (!approved.remove(event.order().id())) {
            unchecked++;
            problem(event.header(), "order " + event.order().id() + " replaces one, and no rule was asked");
        }
    }

    private void expectVerdicts(Events.OrderEvent event) {
        List<String> missing = new ArrayList<>(required);
        event.verdicts().stream().filter(Verdict::allowed).map(Verdict::rule).forEach(missing::remove);
        if (!missing.isEmpty()) {
            unchecked++;
            problem(
                    event.header(),
                    "order " + event.order().id() + " was taken without an allow-verdict of " + missing);
        }
    }

    private void take(EventHeader header, Order order) {
        ClientId id = new ClientId(order.account(), order.request().clientOrderId());
        long closed = order.state().isFinal() ? day : OPEN;
        Taken before = clientIds.put(id, new Taken(order.id(), closed));
        if (before != null && !before.order().equals(order.id())) {
            problem(
                    header,
                    "client order id " + id.id() + " of account " + id.account() + " was taken by order "
                            + before.order() + " and again by " + order.id());
        }
    }

    @Override
    public void onPosting(Events.Posted event) {
        TreeMap<String, Long> own = new TreeMap<>();
        for (Events.Leg leg : event.legs()) {
            own.merge(leg.asset(), leg.amount(), Math::addExact);
            sums.merge(leg.asset(), leg.amount(), Math::addExact);
            leg.account()
                    .ifPresent(a -> balances.merge(
                            new Balance(a, leg.ledgerAccount(), leg.asset()), leg.amount(), Math::addExact));
        }
        own.forEach((asset, sum) -> {
            if (sum != 0) {
                problem(event.header(), "the posting is " + sum + " off in " + asset);
            }
        });
    }

    /** Whether the legs add up to what the account has. */
    void compare(Account account) {
        expect(account.id(), "cash.settled", account.currency().code(), account.settledMinor());
        expect(account.id(), "cash.unsettled", account.currency().code(), account.unsettledMinor());
        for (Position p : account.positions()) {
            expect(account.id(), "position.settled", p.symbol(), p.settledE8());
            expect(account.id(), "position.unsettled", p.symbol(), p.qtyE8() - p.settledE8());
        }
    }

    private void expect(UUID account, String ledgerAccount, String asset, long amount) {
        long reckoned = balances.getOrDefault(new Balance(account, ledgerAccount, asset), 0L);
        if (reckoned != amount) {
            problems.accept(new Problem(
                    TAPE,
                    Problem.WHOLE,
                    "account " + account + " has " + amount + " " + asset + " in " + ledgerAccount
                            + ", the postings add up to " + reckoned));
        }
    }

    private void problem(EventHeader header, String what) {
        problems.accept(new Problem(TAPE, header.number(), "entry " + header.entry() + ": " + what));
    }

    /** Sum of all legs per asset. */
    Map<String, Long> sums() {
        return sums;
    }

    long acceptedOrders() {
        return accepted;
    }

    long uncheckedOrders() {
        return unchecked;
    }
}
