package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.core.internal.codec.RandomRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever can be sent is answered; nothing is thrown. */
class NonsenseTest {
    private final House house = new House();
    private final Journal journal = house.journal;

    @AfterEach
    void replaysEqually() {
        journal.restart();
        journal.assertReplaysEqually();
    }

    @Test
    void randomCommandsOfEveryKindAreAnswered() {
        List<Class<?>> kinds = Arrays.stream(Commands.class.getDeclaredClasses())
                .filter(Command.class::isAssignableFrom)
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
        RandomRecords records = new RandomRecords(3);
        for (int i = 0; i < 300; i++) {
            for (Class<?> kind : kinds) {
                journal.send((Command) records.make(kind));
            }
        }
        assertTrue(journal.machine().sums().stream().allMatch(s -> s.sum() == 0));
    }

    @Test
    void amountsAtTheEndOfALongNeverOverflow() {
        Random random = new Random(4);
        journal.accepted(new Commands.SetLimits(
                Optional.empty(), new Limits(Limits.NONE, Limits.NONE, Limits.NONE, Limits.NONE, 1, 0)));
        for (int i = 0; i < 3_000; i++) {
            UUID account = random.nextBoolean() ? house.alice : house.bob;
            long large = Long.MAX_VALUE >>> random.nextInt(40);
            Direction direction = random.nextInt(3) == 0 ? Direction.OUTGOING : Direction.INCOMING;
            Answer transfer = journal.send(
                    new Commands.RequestTransfer(account, direction, new Money(Currency.USD, large), "operator"));
            transfer.subject().ifPresent(id -> {
                journal.send(House.update(id, TransferState.PENDING));
                journal.send(House.update(id, TransferState.COMPLETE));
            });
            trade(random, account);
        }
        Map<String, Integer> kinds = journal.kinds();
        assertTrue(kinds.get("TRANSFER") > 100 && kinds.get("TRADE") > 100 && kinds.get("FEE") > 100, kinds.toString());
        assertTrue(journal.machine().sums().stream().allMatch(s -> s.sum() == 0));
    }

    private void trade(Random random, UUID account) {
        long price = (Long.MAX_VALUE >>> random.nextInt(50)) / 1_000_000 * 1_000_000;
        long qty = (Long.MAX_VALUE >>> random.nextInt(40)) / House.ONE * House.ONE;
        if (price == 0 || qty == 0) {
            return;
        }
        OrderRequest r = new OrderRequest(
                account,
                "n" + journal.machine().entry(),
                "BETA",
                random.nextInt(3) == 0 ? Side.SELL : Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                qty,
                OptionalLong.of(price));
        UUID order = journal.as(House.PERSON, House.place(r, Long.MAX_VALUE >>> random.nextInt(63)))
                .subject()
                .orElse(new UUID(7, 7));
        journal.send(new Commands.ReportFill(
                house.cause(), "street", 0, "n" + journal.machine().entry(), order, qty, price));
        journal.send(
                new Commands.BookFee(house.cause(), order, "n", Long.MAX_VALUE >>> random.nextInt(63), "commission"));
    }

    @Test
    void datesAtTheEndOfTimeAreAnswered() {
        journal.accepted(new Commands.CloseSession(House.MONDAY));
        journal.accepted(new Commands.OpenBusinessDate(LocalDate.MAX.minusDays(1), LocalDate.MAX));
        house.order("buy", house.limit(house.alice, Side.BUY, "BETA", 1, "10"));
        journal.refused(Reason.INVALID, new Commands.Settle(house.cause(), LocalDate.MAX, 1));
        assertEquals(
                LocalDate.MAX.minusDays(1), journal.machine().businessDate().get());
    }

    @Test
    void aCommandThatIsTooLongIsRefused() {
        journal.refused(Reason.INVALID, new Commands.RevokeKey("k".repeat(60_000)));
    }

    @Test
    void nothingWorksBeforeTheClusterHasItsName() {
        Journal fresh = new Journal();
        fresh.refused(Reason.UNSUPPORTED, new Commands.OpenAccount(Currency.USD));
        assertEquals(0, fresh.machine().clusterId());
    }
}
