package org.hmsach.core.internal.machine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hmsach.api.account.Position;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.codec.Rows;

/** Double entry: every posting balances per asset, or nothing of it is booked. */
final class Ledger {
    /** No leg is larger. */
    static final long MAX_LEG = 1L << 60;
    /** No balance is larger, so that sums of a few balances fit in a long. */
    static final long MAX_BALANCE = 1L << 61;

    private final Accounts accounts;
    private final Emitter emitter;
    private final Changes changes;
    private final TreeMap<String, TreeMap<String, Long>> house = new TreeMap<>();

    Ledger(Accounts accounts, Emitter emitter, Changes changes) {
        this.accounts = accounts;
        this.emitter = emitter;
        this.changes = changes;
    }

    /** Whether the posting can be booked without a balance growing out of its bounds. */
    boolean fits(Posting posting) {
        for (Events.Leg leg : posting.legs) {
            if (Math.abs(leg.amount()) > MAX_LEG || Math.abs(balance(leg) + leg.amount()) > MAX_BALANCE) {
                return false;
            }
        }
        return true;
    }

    void post(Posting posting) {
        checkBalanced(posting);
        for (Events.Leg leg : posting.legs) {
            if (leg.account().isPresent()) {
                book(account(leg), leg);
            } else {
                add(leg.ledgerAccount(), leg.asset(), leg.amount());
            }
        }
        if (!posting.legs.isEmpty()) {
            emitter.emit(new Events.Posted(
                    emitter.header(), posting.kind, posting.subject, posting.detail, List.copyOf(posting.legs)));
        }
    }

    private static void checkBalanced(Posting posting) {
        for (Events.Leg leg : posting.legs) {
            long sum = 0;
            for (Events.Leg other : posting.legs) {
                sum += other.asset().equals(leg.asset()) ? other.amount() : 0;
            }
            if (sum != 0) {
                throw new IllegalStateException("posting " + posting.legs + " is " + sum + " off in " + leg.asset());
            }
        }
    }

    private long balance(Events.Leg leg) {
        if (leg.account().isEmpty()) {
            return house.getOrDefault(leg.ledgerAccount(), new TreeMap<>()).getOrDefault(leg.asset(), 0L);
        }
        AccountState a = account(leg);
        Position p = a.position(leg.asset());
        return switch (leg.ledgerAccount()) {
            case Posting.CASH_SETTLED -> a.settledMinor;
            case Posting.CASH_UNSETTLED -> a.unsettledMinor;
            case Posting.POSITION_SETTLED -> p.settledE8();
            case Posting.POSITION_UNSETTLED -> p.qtyE8();
            default -> throw new IllegalStateException("no customer's ledger account " + leg.ledgerAccount());
        };
    }

    private void book(AccountState a, Events.Leg leg) {
        changes.account(a);
        switch (leg.ledgerAccount()) {
            case Posting.CASH_SETTLED -> a.settledMinor += leg.amount();
            case Posting.CASH_UNSETTLED -> a.unsettledMinor += leg.amount();
            case Posting.POSITION_SETTLED -> a.put(moved(a.position(leg.asset()), leg.amount(), leg.amount()));
            case Posting.POSITION_UNSETTLED -> a.put(moved(a.position(leg.asset()), leg.amount(), 0));
            default -> throw new IllegalStateException("no customer's ledger account " + leg.ledgerAccount());
        }
    }

    private static Position moved(Position p, long qtyE8, long settledE8) {
        return new Position(
                p.symbol(),
                p.qtyE8() + qtyE8,
                p.settledE8() + settledE8,
                p.reservedE8(),
                p.totalCostMinor(),
                p.realisedMinor());
    }

    private AccountState account(Events.Leg leg) {
        return accounts.find(leg.account().orElseThrow())
                .orElseThrow(() -> new IllegalStateException("no account " + leg.account()));
    }

    private void add(String ledgerAccount, String asset, long amount) {
        house.computeIfAbsent(ledgerAccount, name -> new TreeMap<>()).merge(asset, amount, Long::sum);
    }

    /** Sum of all balances per asset; each must be zero. */
    List<CoreControl.AssetSum> sums() {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (AccountState a : accounts.all()) {
            sums.merge(a.currency.code(), a.settledMinor + a.unsettledMinor, Long::sum);
            for (Position p : a.positions()) {
                sums.merge(p.symbol(), p.qtyE8(), Long::sum);
            }
        }
        for (TreeMap<String, Long> balances : house.values()) {
            balances.forEach((asset, amount) -> sums.merge(asset, amount, Long::sum));
        }
        return sums.entrySet().stream()
                .map(e -> new CoreControl.AssetSum(e.getKey(), e.getValue()))
                .toList();
    }

    void save(Consumer<Rows.House> rows) {
        for (Map.Entry<String, TreeMap<String, Long>> account : house.entrySet()) {
            account.getValue().forEach((asset, amount) -> rows.accept(new Rows.House(account.getKey(), asset, amount)));
        }
    }

    void load(Rows.House row) {
        add(row.ledgerAccount(), row.asset(), row.amount());
    }
}
