package org.hmsach.core.internal.service;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.log.LogSettings;

/** Makes a core's directory with orders in it: two snapshots, the last at its clean stop. */
public final class StoppedCore {
    private static final String RULE = "gov.collar";
    private static final UUID PERSON = UUID.fromString("3b7a2c40-0000-4000-8000-000000000001");
    private static final Origin ORIGIN = new Origin(PERSON, "gateway", "request-1", Optional.empty());

    private StoppedCore() {}

    /** What the core said last. */
    public static CoreControl.Status make(Path directory, int orders) throws Exception {
        try (Core core = Core.start(LogSettings.in(directory), List.of(RULE), message -> {}, () -> {})) {
            DoorService door = new DoorService(core.log());
            ControlService control = new ControlService(core);
            UUID account = fundedAccount(door);
            for (int i = 0; i < orders; i++) {
                submit(door, place(account, "order-" + i));
                if (i == orders / 2) {
                    control.snapshot().toCompletableFuture().get(20, TimeUnit.SECONDS);
                }
            }
            CoreControl.Status status = control.status().toCompletableFuture().get(20, TimeUnit.SECONDS);
            door.stop();
            control.stop();
            return status;
        }
    }

    private static UUID fundedAccount(DoorService door) throws Exception {
        submit(door, new Commands.OpenBusinessDate(LocalDate.of(2013, 10, 7), LocalDate.of(2013, 10, 8)));
        submit(
                door,
                new Commands.DefineInstrument(new Instrument(
                        "IBM", Currency.USD, Scale8.parse("0.01"), Scale8.ONE, InstrumentStatus.ACTIVE, "paper")));
        UUID account =
                submit(door, new Commands.OpenAccount(Currency.USD)).subject().orElseThrow();
        submit(door, new Commands.GrantAccess(PERSON, account, Role.INVESTOR));
        Money deposit = new Money(Currency.USD, 10_000_000);
        UUID transfer = submit(door, new Commands.RequestTransfer(account, Direction.INCOMING, deposit, "operator"))
                .subject()
                .orElseThrow();
        submit(door, new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        submit(door, new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.COMPLETE, ""));
        return account;
    }

    private static Commands.PlaceOrder place(UUID account, String clientOrderId) {
        long price = Scale8.parse("100");
        OrderRequest request = new OrderRequest(
                account,
                clientOrderId,
                "IBM",
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                Scale8.ONE,
                OptionalLong.of(price));
        return new Commands.PlaceOrder(
                request, 1, Optional.empty(), price, 0, List.of(Verdict.allow(RULE, "1", Map.of())));
    }

    private static Outcome submit(DoorService door, Command command) throws Exception {
        Outcome outcome = door.submit(command, ORIGIN).toCompletableFuture().get(20, TimeUnit.SECONDS);
        if (outcome.refusal().isPresent()) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome;
    }
}
