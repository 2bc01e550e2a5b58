package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.money.Currency;

/** One account: cash, positions, reservations, and the client order ids it has used. */
final class AccountState {
    /** What a client order id stands for; the entry may be that of a replacement still asked for. */
    record ClientRef(long orderEntry, long bodyHash) {}

    final long entry;
    final UUID id;
    final Currency currency;
    final long createdMs;
    final RecentOrders recent = new RecentOrders();
    private final Positions positions = new Positions();
    // symbols whose position was put since the last check
    private List<String> unchecked = List.of();
    // looked up only, never iterated; made when needed, since most accounts have no order
    private Map<String, ClientRef> clientIds = Map.of();
    long settledMinor;
    long unsettledMinor;
    long reservedMinor;
    long heldMinor;
    long lastDayEquityMinor;
    int openOrders;

    AccountState(long entry, UUID id, Currency currency, long createdMs) {
        this.entry = entry;
        this.id = id;
        this.currency = currency;
        this.createdMs = createdMs;
    }

    long buyingPowerMinor() {
        return settledMinor + unsettledMinor - reservedMinor - heldMinor;
    }

    long withdrawableMinor() {
        return Math.max(0, Math.min(settledMinor - heldMinor, buyingPowerMinor()));
    }

    /** The position, an empty one when nothing was ever held. */
    Position position(String symbol) {
        return positions.find(symbol).orElseGet(() -> new Position(symbol, 0, 0, 0, 0, 0));
    }

    void put(Position position) {
        if (unchecked.isEmpty()) {
            unchecked = new ArrayList<>(2);
        }
        unchecked.add(position.symbol());
        positions.put(position);
    }

    /** Puts one that a snapshot holds. */
    void restore(Position position) {
        positions.put(position);
    }

    void reserve(String symbol, long deltaE8) {
        Position p = position(symbol);
        put(new Position(
                symbol, p.qtyE8(), p.settledE8(), p.reservedE8() + deltaE8, p.totalCostMinor(), p.realisedMinor()));
    }

    Iterable<Position> positions() {
        return positions;
    }

    Optional<ClientRef> client(String clientOrderId) {
        return Optional.ofNullable(clientIds.get(clientOrderId));
    }

    void putClient(String clientOrderId, ClientRef ref) {
        if (clientIds.isEmpty()) {
            clientIds = new HashMap<>(2);
        }
        clientIds.put(clientOrderId, ref);
    }

    void forgetClient(String clientOrderId, long orderEntry) {
        ClientRef ref = clientIds.get(clientOrderId);
        if (ref != null && ref.orderEntry() == orderEntry) {
            clientIds.remove(clientOrderId);
            clientIds = clientIds.isEmpty() ? Map.of() : clientIds;
        }
    }

    /** Cash and positions at the marks; what has no mark counts at cost. */
    long equityMinor(MarkSource marks) {
        long equity = settledMinor + unsettledMinor;
        for (Position p : positions) {
            equity = Wide.plus(equity, marks.valueMinor(p, currency));
        }
        return equity;
    }

    Account view(boolean blocked) {
        return new Account(
                id,
                currency,
                settledMinor,
                unsettledMinor,
                reservedMinor,
                heldMinor,
                positions.held(),
                openOrders,
                blocked,
                createdMs,
                lastDayEquityMinor);
    }

    /** Checks what has changed. A broken invariant is a bug of ours, never the caller's. */
    void check() {
        if (reservedMinor < 0 || heldMinor < 0 || openOrders < 0) {
            throw new IllegalStateException("account " + id + " reserves " + reservedMinor + ", holds " + heldMinor
                    + " with " + openOrders + " open orders");
        }
        for (String symbol : unchecked) {
            Position p = position(symbol);
            if (p.reservedE8() < 0 || p.reservedE8() > p.qtyE8()) {
                throw new IllegalStateException(
                        "account " + id + " reserves " + p.reservedE8() + " of " + p.qtyE8() + " " + p.symbol());
            }
        }
        unchecked = List.of();
    }

    /** What a position is worth. */
    @FunctionalInterface
    interface MarkSource {
        long valueMinor(Position position, Currency currency);
    }
}
