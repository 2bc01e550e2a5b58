package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;

/** Everything the twin knows, in lists that are searched from end to end. */
final class TwinBooks {
    static final LocalDate NO_DATE = LocalDate.ofEpochDay(0);
    /** Closed orders, their ids and idempotency keys stay for so many business days more. */
    static final long KEPT_DAYS = 5;

    /** What is to be settled; cash alone when the symbol is empty. */
    record Obligation(
            long number,
            LocalDate due,
            TwinAccount account,
            String symbol,
            BigDecimal cash,
            BigDecimal qty,
            boolean street) {}

    /** Part of a posting; no account: the house's. */
    record Leg(String ledger, Optional<TwinAccount> account, String asset, int digits, BigDecimal amount) {}

    final List<TwinAccount> accounts = new ArrayList<>();
    final List<TwinOrder> orders = new ArrayList<>();
    final List<Transfer> transfers = new ArrayList<>();
    final List<Obligation> obligations = new ArrayList<>();
    final TreeMap<String, BigDecimal> house = new TreeMap<>();
    final TwinRules rules = new TwinRules();
    long cluster;
    int version;
    long entry;
    long timeMs;
    long dayNumber;
    Optional<LocalDate> date = Optional.empty();
    LocalDate settleDate = NO_DATE;
    boolean sessionOpen;
    long nextPriority = 1;
    long nextObligation = 1;

    UUID newId() {
        return HmsId.of(cluster, entry, 0);
    }

    Optional<TwinAccount> account(UUID id) {
        return accounts.stream().filter(a -> a.id.equals(id)).findFirst();
    }

    Optional<TwinOrder> order(UUID id) {
        for (TwinOrder o : orders) {
            if (o.id.equals(id)) {
                return Optional.of(o);
            }
        }
        return Optional.empty();
    }

    BigDecimal reservedCash(TwinAccount a) {
        BigDecimal sum = BigDecimal.ZERO;
        for (TwinOrder o : orders) {
            if (o.account == a) {
                sum = sum.add(o.reservedCash());
            }
        }
        return sum;
    }

    BigDecimal reservedQty(TwinAccount a, String symbol) {
        BigDecimal sum = BigDecimal.ZERO;
        for (TwinOrder o : orders) {
            if (o.account == a && o.request.symbol().equals(symbol)) {
                sum = sum.add(o.reservedQty());
            }
        }
        return sum;
    }

    int openOrders(TwinAccount a) {
        int count = 0;
        for (TwinOrder o : orders) {
            count += o.account == a && o.isOpen() ? 1 : 0;
        }
        return count;
    }

    /** Outgoing transfers that are under way. */
    BigDecimal held(TwinAccount a) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Transfer t : transfers) {
            if (t.account().equals(a.id)
                    && t.direction() == Direction.OUTGOING
                    && t.state().isOpen()) {
                sum = sum.add(Decimals.money(t.amount().minor(), a.digits()));
            }
        }
        return sum;
    }

    BigDecimal buyingPower(TwinAccount a) {
        return a.settled.add(a.unsettled).subtract(reservedCash(a)).subtract(held(a));
    }

    BigDecimal withdrawable(TwinAccount a) {
        return a.settled.subtract(held(a)).min(buyingPower(a)).max(BigDecimal.ZERO);
    }

    boolean fits(List<Leg> legs) {
        return legs.stream()
                .allMatch(leg -> Decimals.isLeg(leg.amount(), leg.digits())
                        && Decimals.isBalance(balance(leg).add(leg.amount()), leg.digits()));
    }

    private BigDecimal balance(Leg leg) {
        if (leg.account().isEmpty()) {
            return house.getOrDefault(leg.ledger() + " " + leg.asset(), BigDecimal.ZERO);
        }
        TwinAccount a = leg.account().get();
        return switch (leg.ledger()) {
            case "cash.settled" -> a.settled;
            case "cash.unsettled" -> a.unsettled;
            default -> a.holding(leg.asset()).qty;
        };
    }

    void house(String ledger, String asset, BigDecimal amount) {
        if (amount.signum() != 0) {
            house.merge(ledger + " " + asset, amount, BigDecimal::add);
        }
    }

    void owe(TwinAccount account, String symbol, BigDecimal cash, BigDecimal qty, boolean street) {
        obligations.add(new Obligation(nextObligation++, settleDate, account, symbol, cash, qty, street));
    }

    /** What was filled in closed orders up to the entry has all its fees. */
    void feesFinishedUntil(long lastEntry) {
        for (TwinOrder o : orders) {
            if (!o.isOpen() && o.lastFillEntry <= lastEntry) {
                o.feesFinished = true;
            }
        }
    }

    void forgetClosedOrders() {
        orders.removeIf(o -> o.closedDay >= 0 && dayNumber - o.closedDay > KEPT_DAYS);
    }

    Map<LocalDate, Integer> obligationsByDate() {
        TreeMap<LocalDate, Integer> counts = new TreeMap<>();
        obligations.forEach(o -> counts.merge(o.due(), 1, Integer::sum));
        return counts;
    }
}
