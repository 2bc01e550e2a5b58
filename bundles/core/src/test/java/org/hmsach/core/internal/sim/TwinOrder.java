package org.hmsach.core.internal.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;

/** An order of the twin. What it reserves is calculated anew whenever somebody asks. */
final class TwinOrder {
    /** A replacement asked for, with what it would reserve. */
    record Wanted(Replacement terms, long bodyHash, BigDecimal reserveLimit, BigDecimal fee) {}

    final UUID id;
    final TwinAccount account;
    final OrderRequest request;
    final String venue;
    final BigDecimal qty;
    final BigDecimal reserveLimit;
    final BigDecimal feeEstimate;
    final long bodyHash;
    final LocalDate businessDate;
    final long createdMs;
    OrderState state = OrderState.NEW;
    Optional<UUID> replaces = Optional.empty();
    Optional<UUID> replacedBy = Optional.empty();
    Optional<Wanted> wanted = Optional.empty();
    Optional<String> refusal = Optional.empty();
    long priority;
    BigDecimal filled = BigDecimal.ZERO;
    BigDecimal filledValue = BigDecimal.ZERO;
    BigDecimal feeBooked = BigDecimal.ZERO;
    boolean feesFinished;
    long lastFillEntry;
    long closedDay = -1;
    long updatedMs;

    /** What an order is born with. */
    record Birth(
            UUID id,
            String venue,
            long bodyHash,
            BigDecimal reserveLimit,
            BigDecimal feeEstimate,
            LocalDate businessDate,
            long timeMs) {}

    TwinOrder(TwinAccount account, OrderRequest request, Birth birth) {
        this.account = account;
        this.request = request;
        this.id = birth.id();
        this.venue = birth.venue();
        this.qty = Decimals.e8(request.qtyE8());
        this.bodyHash = birth.bodyHash();
        this.reserveLimit = birth.reserveLimit();
        this.feeEstimate = birth.feeEstimate();
        this.businessDate = birth.businessDate();
        this.createdMs = birth.timeMs();
        this.updatedMs = birth.timeMs();
    }

    boolean isBuy() {
        return request.side() == Side.BUY;
    }

    boolean isOpen() {
        return !state.isFinal();
    }

    BigDecimal open() {
        return qty.subtract(filled);
    }

    BigDecimal wantedOpen() {
        return wanted.map(w -> Decimals.e8(w.terms().qtyE8()).subtract(filled).max(BigDecimal.ZERO))
                .orElse(BigDecimal.ZERO);
    }

    /** Fee still kept: of an open order all of the estimate, of a closed one the filled part, less what was booked. */
    BigDecimal feeKept() {
        BigDecimal due = feeEstimate;
        if (!isOpen()) {
            due = feesFinished
                    ? BigDecimal.ZERO
                    : feeEstimate.multiply(filled).divide(qty, account.digits(), RoundingMode.UP);
        }
        return due.subtract(feeBooked).max(BigDecimal.ZERO);
    }

    BigDecimal principalKept() {
        return Decimals.cashUp(reserveLimit, open(), account.digits());
    }

    BigDecimal reservedCash() {
        boolean nothing = !isOpen() && (feesFinished || filled.signum() == 0 || feeEstimate.signum() == 0);
        if (!isBuy() || nothing) {
            return BigDecimal.ZERO;
        }
        if (!isOpen()) {
            return feeKept();
        }
        BigDecimal principal = principalKept();
        BigDecimal fee = feeKept();
        if (wanted.isPresent()) {
            Wanted w = wanted.get();
            principal = principal.max(Decimals.cashUp(w.reserveLimit(), wantedOpen(), account.digits()));
            fee = fee.max(w.fee());
        }
        return principal.add(fee);
    }

    BigDecimal reservedQty() {
        return isBuy() || !isOpen() ? BigDecimal.ZERO : open().max(wantedOpen());
    }

    void close(OrderState end, long dayNumber, long timeMs) {
        state = end;
        wanted = Optional.empty();
        closedDay = dayNumber;
        updatedMs = timeMs;
    }

    OrderState working() {
        return filled.signum() > 0 ? OrderState.PARTIALLY_FILLED : OrderState.NEW;
    }
}
