package org.hmsach.gateway.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.hmsach.gateway.internal.guard.KeyBook;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.trading.Desk;
import org.hmsach.gateway.internal.trading.DeskForTests;
import org.hmsach.gateway.internal.trading.Valuation;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients whose socket takes nothing, or little, beside clients that keep up. */
class SlowClientTest {
    private static final int QUEUE = 32;
    private static final int LIMIT = 10;
    private static final int EVENTS = 1_000;

    private final FakePortfolio portfolio = new FakePortfolio();
    private final FakeTape tape = new FakeTape();
    private final FakeMarketData market = new FakeMarketData();
    private Desk desk;
    private Hub hub;

    @BeforeEach
    void start() {
        portfolio.put(Samples.account(Samples.ACCOUNT, 1_000_000));
        desk = DeskForTests.of(portfolio, tape, market);
        hub = new Hub(
                desk,
                CallersForTests.of(new KeyBook(), portfolio),
                new Metrics(),
                new Hub.Limits(LIMIT, LIMIT, QUEUE, 60_000));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aClientThatTakesNothingSlowsNobodyAndMissesNothing() throws Exception {
        HandWire slow = new HandWire(false);
        HandWire fast = new HandWire(true);
        Client slowClient = follower(slow);
        follower(fast);
        for (int i = 0; i < EVENTS; i++) {
            tell();
        }
        List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        assertEquals(all, numbers(fast.await(taken -> taken.size() == EVENTS + 1)));
        assertEquals(List.of(), slow.taken());
        assertTrue(slow.onTheWay() <= QUEUE, "the queue is bounded");
        slow.open();
        assertEquals(all, numbers(slow.await(taken -> taken.size() == EVENTS + 1)));
        for (int i = 0; i < 10; i++) {
            tell();
        }
        List<Long> more = LongStream.rangeClosed(1, EVENTS + 10).boxed().toList();
        assertEquals(more, numbers(slow.await(taken -> taken.size() == EVENTS + 11)));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!slowClient.isIdle()) { // a moment after its last message was taken
            assertTrue(System.nanoTime() < end, "what was taken still counts as on its way");
            Thread.onSpinWait();
        }
    }

    @Test
    void aClientThatComesWhileTheHubClosesIsToldToComeAgain() throws Exception {
        HandWire before = new HandWire(true);
        hub.add(new Client(before, QUEUE));
        hub.close();
        HandWire late = new HandWire(true);
        hub.add(new Client(late, QUEUE));
        assertEquals("1013 the gateway is being replaced", before.end());
        assertEquals("1013 the gateway is being replaced", late.end());
    }

    @Test
    void aPersonThatListenedToNoEventsMayComeAgain() {
        for (int i = 0; i <= LIMIT; i++) {
            Client client = new Client(new HandWire(true), QUEUE);
            hub.add(client);
            assertTrue(admit(client), "after " + i);
            hub.remove(client);
        }
    }

    @Test
    void nothingIsLostOrRepeatedWhileASocketStuttersUnderAFlowOfEvents() throws Exception {
        HandWire wire = new HandWire(false);
        follower(wire);
        for (int i = 0; i < EVENTS; i++) {
            tell();
            if (wire.onTheWay() > 0 && ThreadLocalRandom.current().nextInt(3) == 0) {
                wire.takeOne();
            }
        }
        wire.open();
        assertEquals(
                LongStream.rangeClosed(1, EVENTS).boxed().toList(),
                numbers(wire.await(taken -> taken.size() == EVENTS + 1)));
    }

    @Test
    void aClientThatIsBehindGetsTheNewestQuoteAndNoneBetween() {
        HandWire wire = new HandWire(false);
        Client client = new Client(wire, QUEUE);
        Quotes quotes = new Quotes(
                desk.prices(), new Messages(new StrictJson(), portfolio, new Valuation(portfolio, desk.prices())));
        Quotes.Subscription spy = quotes.subscribe(Set.of("SPY"));
        for (String bid : List.of("1.00", "2.00", "3.00", "4.00")) {
            market.quote("SPY", bid, "9.00");
            beat(quotes, client, spy);
        }
        wire.open();
        assertEquals(1, wire.taken().size());
        assertTrue(wire.taken().get(0).contains("\"bid\":\"1\""));
        beat(quotes, client, spy);
        beat(quotes, client, spy);
        assertEquals(2, wire.taken().size(), "a quote that is known is not sent again");
        assertTrue(wire.taken().get(1).contains("\"bid\":\"4\""));
    }

    @Test
    void oneThatAsksAndDoesNotTakeItsAnswersIsLetGo() {
        HandWire wire = new HandWire(false);
        Client client = new Client(wire, QUEUE);
        for (int i = 0; i < 3 * QUEUE; i++) {
            client.send(Message.of("answer"));
        }
        assertEquals("1008 the client does not take its answers", wire.end());
    }

    private static void beat(Quotes quotes, Client client, Quotes.Subscription subscription) {
        quotes.nextBeat();
        quotes.addNews(client, subscription);
        client.flush();
    }

    private Client follower(HandWire wire) {
        Client client = new Client(wire, QUEUE);
        hub.add(client);
        assertTrue(admit(client));
        hub.listen(client, new Client.Listening(Set.of("trade_updates"), Set.of()), Optional.empty());
        return client;
    }

    private boolean admit(Client client) {
        Caller caller = new Caller(
                Samples.PERSON, "alice", Set.of(Role.INVESTOR), Optional.of(Samples.ACCOUNT), Optional.of("alice"));
        Credentials key = new Credentials(
                Optional.of("alice"), Optional.of("secret"), Optional.empty(), Optional.empty(), false, "test");
        return hub.admit(client, caller, key);
    }

    private void tell() {
        tape.append(header -> new OrderEvent(
                header,
                OrderEventKind.NEW,
                Samples.accepted(Samples.market(Side.BUY, "SPY", "1"), "paper"),
                Optional.empty(),
                List.of(),
                ""));
    }

    /** Numbers of the events, after the answer to the request to listen. */
    private static List<Long> numbers(List<String> taken) throws JsonProcessingException {
        List<Long> numbers = new ArrayList<>();
        for (String text : taken.subList(1, taken.size())) {
            numbers.add(new ObjectMapper().readTree(text).path("tape").asLong());
        }
        return numbers;
    }
}
