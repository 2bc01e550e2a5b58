package org.hmsach.core.internal.codec;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.transfer.Transfer;

/** The records of a snapshot. What people set is written as the command that sets it. */
public final class Rows {
    private Rows() {}

    /** The machine itself; always the first row. {@code rulesSet}: the required rules were set at least once. */
    public record Machine(
            long clusterId,
            int version,
            long entry,
            long timeMs,
            Optional<LocalDate> date,
            LocalDate settleDate,
            boolean sessionOpen,
            long dayNumber,
            long nextPriority,
            long nextObligation,
            boolean rulesSet)
            implements Row {}

    /** An account, named by the entry that made it. */
    public record Account(
            long entry,
            Currency currency,
            long settledMinor,
            long unsettledMinor,
            long reservedMinor,
            long heldMinor,
            long createdMs,
            long lastDayEquityMinor)
            implements Row {}

    /** A position of an account. */
    public record Position(
            long accountEntry,
            String symbol,
            long qtyE8,
            long settledE8,
            long reservedE8,
            long totalCostMinor,
            long realisedMinor)
            implements Row {}

    /** An order with what its public record does not show. */
    public record OrderRow(
            Order order,
            long bodyHash,
            long reserveLimitE8,
            long feeEstimateMinor,
            long feeReservedMinor,
            long feeBookedMinor,
            long lastFillEntry,
            long closedDayNumber,
            long replacementBodyHash,
            long replacementReserveLimitE8,
            long replacementFeeMinor)
            implements Row {}

    /** An idempotency key. */
    public record Key(UUID principal, String key, long bodyHash, Optional<UUID> subject, long dayNumber)
            implements Row {}

    /** A venue that was opened. */
    public record Venue(String venue, boolean internal, long incarnation) implements Row {}

    /** An execution id that was taken. */
    public record Execution(String venue, String execId, long dayNumber) implements Row {}

    /** A cause above its module's bookmark. */
    public record CauseTaken(String module, long entry, int index) implements Row {}

    /** What is to be settled. An empty symbol stands for cash alone. */
    public record Obligation(
            long number,
            LocalDate settleDate,
            long accountEntry,
            String symbol,
            long cashMinor,
            long qtyE8,
            boolean street,
            UUID subject)
            implements Row {}

    /** Balance of a house account in one asset. */
    public record House(String ledgerAccount, String asset, long amount) implements Row {}

    /** An order that the rate and duplicate limits still see. */
    public record Recent(long accountEntry, long timeMs, String symbol, Side side, long qtyE8, long priceE8)
            implements Row {}

    /** The last price for valuing a symbol. */
    public record Mark(String symbol, ReferencePrice price) implements Row {}

    /** A transfer. */
    public record TransferRow(Transfer transfer) implements Row {}

    /** A rule, limit, instrument, access, bookmark …, as the command that sets it. */
    public record Setting(Command command) implements Row {}
}
