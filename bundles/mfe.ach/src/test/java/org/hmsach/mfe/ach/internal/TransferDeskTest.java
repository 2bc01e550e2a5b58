package org.hmsach.mfe.ach.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.tape.Events;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.spi.mfe.PaymentRail;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeDuty;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class TransferDeskTest {
    private final FakeTape tape = new FakeTape();
    private final FakeDoor door = new FakeDoor();
    private final FakePortfolio portfolio = new FakePortfolio();

    @Test
    void asksAPersonWhereTheRailWantsOne() {
        Transfer transfer = changed(TransferState.QUEUED, "operator");
        assertEquals(update(transfer, TransferState.APPROVAL_PENDING), firstUpdate(List.of(new OperatorRail())));
    }

    @Test
    void completesAnApprovedTransferOverTheOperatorRail() {
        Transfer transfer = changed(TransferState.PENDING, "operator");
        Commands.UpdateTransfer update = firstUpdate(List.of(new OperatorRail()));
        assertEquals(transfer.id(), update.transfer());
        assertEquals(TransferState.COMPLETE, update.state());
    }

    @Test
    void rejectsATransferWhoseRailIsNotThere() {
        changed(TransferState.QUEUED, "carrier-pigeon");
        Commands.UpdateTransfer update = firstUpdate(List.of(new OperatorRail()));
        assertEquals(TransferState.REJECTED, update.state());
        assertTrue(update.detail().contains("carrier-pigeon"), update.detail());
    }

    private Commands.UpdateTransfer firstUpdate(List<PaymentRail> rails) {
        TransferDesk desk =
                new TransferDesk(tape, portfolio, door, new Rails(new FakePlugIns(), rails), new FakeDuty(true));
        Commands.UpdateTransfer update = door.await(Commands.UpdateTransfer.class);
        desk.close();
        return update;
    }

    private static Commands.UpdateTransfer update(Transfer transfer, TransferState state) {
        return new Commands.UpdateTransfer(Optional.of(new Cause("mfe.ach", 1, 0)), transfer.id(), state, "");
    }

    private Transfer changed(TransferState state, String rail) {
        Transfer transfer = new Transfer(
                UUID.randomUUID(),
                Samples.ACCOUNT,
                Direction.INCOMING,
                Money.parse(Currency.USD, "100.00"),
                rail,
                state,
                "",
                Samples.MONDAY,
                Samples.NOON_MS,
                Samples.NOON_MS);
        tape.append(header -> new Events.TransferChanged(header, transfer));
        return transfer;
    }
}
