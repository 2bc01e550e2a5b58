package org.hmsach.testkit.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.junit.jupiter.api.Test;

class FakesTest {
    @Test
    void doorRecordsAndAcceptsUntilToldOtherwise() {
        FakeDoor door = new FakeDoor();
        Outcome accepted = send(door);
        door.refuseWith(Refused.of(Reason.HALTED, "limit.kill_switch", "halted"));
        Outcome refused = send(door);
        assertFalse(accepted.refusal().isPresent());
        assertEquals(Reason.HALTED, refused.refusal().orElseThrow().reason());
        assertTrue(refused.entry() > accepted.entry());
        assertEquals(2, door.commands(Commands.Progress.class).size());
    }

    @Test
    void tapeDeliversFromAnyPositionAndNoEventTwice() throws InterruptedException {
        FakeTape tape = new FakeTape();
        for (String topic : List.of("a", "b", "c")) {
            tape.append(header -> new Events.Noted(header, topic, Map.of()));
        }
        List<String> topics = new ArrayList<>();
        TapeListener listener = new TapeListener() {
            @Override
            public void onNote(Events.Noted event) {
                topics.add(event.topic());
            }
        };
        try (TapeReader reader = tape.open(2)) {
            assertEquals(1, reader.poll(listener, 1, Duration.ZERO));
            assertEquals(1, reader.poll(listener, 10, Duration.ZERO));
            assertEquals(0, reader.poll(listener, 10, Duration.ofMillis(1)));
            assertEquals(4, reader.nextNumber());
        }
        assertEquals(List.of("b", "c"), topics);
    }

    @Test
    void tapeDeliversAnEventAgainWhenTheListenerThrew() throws InterruptedException {
        FakeTape tape = new FakeTape();
        tape.append(header -> new Events.Noted(header, "a", Map.of()));
        try (TapeReader reader = tape.open(1)) {
            TapeListener broken = new TapeListener() {
                @Override
                public void onNote(Events.Noted event) {
                    throw new IllegalStateException("broken");
                }
            };
            assertThrows(IllegalStateException.class, () -> reader.poll(broken, 1, Duration.ZERO));
            assertEquals(1, reader.poll(new TapeListener() {}, 1, Duration.ZERO));
        }
    }

    @Test
    void marketDataPricesBuysAtTheAskAndValuesAtTheLastTrade() {
        FakeMarketData data = new FakeMarketData().quote("IBM", "185.00", "185.10");
        assertEquals(
                Scale8.parse("185.10"),
                data.reference("IBM", true).orElseThrow().priceE8());
        assertEquals(
                Scale8.parse("185.00"),
                data.reference("IBM", false).orElseThrow().priceE8());
        assertEquals(Scale8.parse("185.05"), data.mark("IBM").orElseThrow().priceE8());
        data.trade("IBM", "185.02", "100");
        assertEquals(Scale8.parse("185.02"), data.mark("IBM").orElseThrow().priceE8());
        assertEquals(Optional.empty(), data.reference("BAC", true));
    }

    @Test
    void portfolioListsOpenOrdersOnly() {
        Order open = Samples.accepted(Samples.limit(Side.BUY, "IBM", "10", "1.00"), "paper");
        Order done = Samples.filled(Samples.accepted(Samples.market(Side.BUY, "IBM", "1"), "paper"), "1");
        FakePortfolio portfolio = new FakePortfolio().put(open).put(done);
        assertEquals(List.of(open), portfolio.openOrders(Samples.ACCOUNT));
        assertEquals(
                Optional.of(done),
                portfolio.orderByClientId(Samples.ACCOUNT, done.request().clientOrderId()));
    }

    @Test
    void recordingFailsTheTestInsteadOfWaitingForEver() {
        Recording<String> recording = new Recording<>();
        recording.add("a");
        assertEquals(List.of("a"), recording.await(1));
        assertFalse(recording.comes("b"::equals, Duration.ofMillis(5)));
    }

    private static Outcome send(FakeDoor door) {
        return door.submit(new Commands.Progress("test", 1), Origin.ofModule("test"))
                .toCompletableFuture()
                .join();
    }
}
