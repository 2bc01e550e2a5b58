package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.spi.mfe.PaymentRail;
import org.hmsach.testkit.fake.Recording;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** What mfe.ach relies on when it sends a transfer over a {@link PaymentRail}. */
public abstract class PaymentRailContract {
    /** What a rail told. */
    public enum Told {
        SENT,
        COMPLETED,
        REJECTED,
        RETURNED
    }

    /** One report of a rail. */
    public record Report(Told told, UUID transfer, Optional<String> detail) {}

    /** The rail to be tested. */
    protected abstract PaymentRail rail();

    /** Does what makes the rail tell something about the transfer it was sent: a cut-off, an answer of the bank. */
    protected void letItHappen(PaymentRail rail, Transfer transfer) {
        // most rails answer by themselves
    }

    @Test
    void namesItself() {
        assertTrue(rail().name().matches("[a-z0-9-]{1,32}"), () -> rail().name());
    }

    @Test
    void knowsAtOnceWhetherAPersonMustApprove() {
        PaymentRail rail = rail();
        for (Direction direction : Direction.values()) {
            Transfer transfer = transfer(direction, rail.name());
            assertEquals(rail.needsApproval(transfer), rail.needsApproval(transfer));
        }
    }

    @Test
    void tellsWhatBecomesOfATransfer() {
        for (Direction direction : Direction.values()) {
            PaymentRail rail = rail();
            Transfer transfer = transfer(direction, rail.name());
            Reports reports = new Reports();
            rail.send(transfer, reports);
            letItHappen(rail, transfer);
            Report first = reports.all.await(1).get(0);
            assertEquals(transfer.id(), first.transfer());
            assertTrue(first.detail().orElse("").length() <= 200, "detail is longer than 200 characters");
        }
    }

    @Test
    void tellsTheSameStoryWhenAskedTwice() {
        PaymentRail rail = rail();
        Transfer transfer = transfer(Direction.INCOMING, rail.name());
        Reports reports = new Reports();
        rail.send(transfer, reports);
        rail.send(transfer, reports);
        letItHappen(rail, transfer);
        reports.all.await(1);
        Set<Told> ends = reports.all.items().stream()
                .map(Report::told)
                .filter(told -> told == Told.COMPLETED || told == Told.REJECTED)
                .collect(Collectors.toSet());
        assertTrue(ends.size() <= 1, () -> "one transfer ended as " + ends);
    }

    /** An approved transfer of USD 25.00. */
    protected final Transfer transfer(Direction direction, String rail) {
        return new Transfer(
                Samples.newId(),
                Samples.ACCOUNT,
                direction,
                new Money(Currency.USD, 2_500),
                rail,
                TransferState.PENDING,
                "",
                Samples.MONDAY,
                Samples.NOON_MS,
                Samples.NOON_MS);
    }

    private static final class Reports implements PaymentRail.Reports {
        private final Recording<Report> all = new Recording<>();

        @Override
        public void sent(UUID transfer, String detail) {
            all.add(new Report(Told.SENT, transfer, Optional.of(detail)));
        }

        @Override
        public void completed(UUID transfer, String detail) {
            all.add(new Report(Told.COMPLETED, transfer, Optional.of(detail)));
        }

        @Override
        public void rejected(UUID transfer, String detail) {
            all.add(new Report(Told.REJECTED, transfer, Optional.of(detail)));
        }

        @Override
        public void returned(UUID transfer, String detail) {
            all.add(new Report(Told.RETURNED, transfer, Optional.of(detail)));
        }
    }
}
