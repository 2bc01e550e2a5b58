package org.hmsach.api.account;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.money.Currency;

/**
 * A cash account as it stands after one log entry. Immutable. All amounts in minor units of {@code currency}.
 *
 * @param id                  UUIDv8
 * @param currency            the one currency of its cash
 * @param settledMinor        settled cash
 * @param unsettledMinor      net cash of trades and fees not yet settled; negative when buys prevail
 * @param reservedMinor       reserved for open buy orders
 * @param heldMinor           held for outgoing transfers
 * @param positions           what it holds, sorted by symbol, without empty ones
 * @param openOrders          number of open orders
 * @param blocked             whether the kill switch is on for it
 * @param createdMs           entry time of its opening, milliseconds since 1970 UTC
 * @param lastDayEquityMinor  value at the last close of business, with the marks journalled then
 */
public record Account(
        UUID id,
        Currency currency,
        long settledMinor,
        long unsettledMinor,
        long reservedMinor,
        long heldMinor,
        List<Position> positions,
        int openOrders,
        boolean blocked,
        long createdMs,
        long lastDayEquityMinor) {
    private static final Comparator<Position> BY_SYMBOL = Comparator.comparing(Position::symbol);

    /** Cash by trade date: settled and unsettled. */
    public long cashMinor() {
        return Math.addExact(settledMinor, unsettledMinor);
    }

    /** What a new buy order may reserve: settled + unsettled - reservations - holds. */
    public long buyingPowerMinor() {
        return Math.subtractExact(cashMinor(), Math.addExact(reservedMinor, heldMinor));
    }

    /** What may leave by transfer: settled cash, less what unsettled buys, reservations and holds need; at least 0. */
    public long withdrawableMinor() {
        return Math.max(0, Math.min(Math.subtractExact(settledMinor, heldMinor), buyingPowerMinor()));
    }

    /** The position in a symbol. */
    public Optional<Position> position(String symbol) {
        int found = Collections.binarySearch(positions, new Position(symbol, 0, 0, 0, 0, 0), BY_SYMBOL);
        return found < 0 ? Optional.empty() : Optional.of(positions.get(found));
    }
}
