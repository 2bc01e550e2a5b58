package org.hmsach.gateway.internal.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.gateway.internal.edge.TestEdge;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.hmsach.gateway.internal.guard.KeyBook;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged is seen, or the answer says how far it is. */
class ReadYourWritesTest {
    private final FakePortfolio portfolio = new FakePortfolio();
    private final FakeTape tape = new FakeTape();
    private final FakeHistory history = new FakeHistory();
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        portfolio.put(Samples.instrument("SPY", "paper"));
        portfolio.put(Samples.account(Samples.ACCOUNT, 1_000_000));
        portfolio.grant(Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        KeyBook people = new KeyBook().key("alice", Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        edge = new TestEdge(CallersForTests.of(people, portfolio), Duration.ofSeconds(1));
        Desk desk = DeskForTests.of(portfolio, tape, new FakeMarketData(), history);
        edge.offer("/v2/orders", "orders", 0, new OrderResource(desk));
        edge.offer("/v2/account/activities", "activities", 0, new ActivityResource(desk));
        edge.offer("/v2/account/portfolio/history", "values", 0, new ValueHistoryResource(desk));
        edge.settle();
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void anAcknowledgedOrderIsAtOnceFoundAndListed() throws Exception {
        HttpResponse<String> placed = edge.post(
                "/v2/orders",
                "{\"symbol\":\"SPY\",\"side\":\"buy\",\"type\":\"market\",\"qty\":\"1\",\"time_in_force\":\"day\"}",
                KeyBook.json("alice"));
        String id = edge.object(placed).get("id").toString();
        assertTrue(placed.headers().firstValue(Stored.TAPE).isPresent());
        assertEquals(id, edge.object(get("/v2/orders/" + id)).get("id"));
        assertTrue(get("/v2/orders").body().contains(id));
        assertEquals(List.of(), history.awaited, "what lives in memory waits for nothing");
    }

    @Test
    void readModelsAreWaitedForUpToTheLastEvent() throws Exception {
        history.orders.add(closed());
        history.reach = tape.lastNumber();
        for (String path :
                List.of("/v2/orders?status=closed", "/v2/orders?status=all", "/v2/account/activities", values())) {
            history.awaited.clear();
            HttpResponse<String> answer = get(path);
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(List.of(tape.lastNumber()), history.awaited, path);
            assertEquals("1", answer.headers().firstValue(Stored.TAPE).orElseThrow());
            assertEquals(Optional.empty(), answer.headers().firstValue(Stored.BEHIND));
        }
    }

    @Test
    void anAnswerThatIsBehindSaysHowFarItIs() throws Exception {
        for (int i = 0; i < 5; i++) {
            closed();
        }
        history.reach = 3;
        for (String path : List.of("/v2/orders?status=closed", "/v2/account/activities/FILL", values())) {
            HttpResponse<String> answer = get(path);
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("3", answer.headers().firstValue(Stored.TAPE).orElseThrow());
            assertEquals("2", answer.headers().firstValue(Stored.BEHIND).orElseThrow());
        }
    }

    @Test
    void anOldOrderIsNotDeniedByReadModelsThatAreBehind() throws Exception {
        Order old = closed();
        history.reach = 0;
        HttpResponse<String> behind = get("/v2/orders/" + old.id());
        assertEquals(503, behind.statusCode());
        assertTrue(behind.body().contains("STORE_BEHIND"), behind.body());
        assertTrue(behind.body().contains("event 0 of 1"), behind.body());
        history.reach = tape.lastNumber();
        assertEquals(404, get("/v2/orders/" + old.id()).statusCode());
        history.orders.add(old);
        assertEquals(200, get("/v2/orders/" + old.id()).statusCode());
    }

    @Test
    void openOrdersAreTurnedPageByPageWhileOthersCloseAndArrive() throws Exception {
        for (int i = 0; i < 40; i++) {
            portfolio.put(open());
        }
        List<Order> all = portfolio.openOrders(Samples.ACCOUNT);
        String before = "";
        Set<String> seen = new HashSet<>();
        for (int page = 0; page < 8; page++) {
            String body = get("/v2/orders?limit=5" + before).body();
            List<?> rows = edge.json.mapper().readValue(body, List.class);
            for (Object row : rows) {
                String id = ((Map<?, ?>) row).get("id").toString();
                assertTrue(seen.add(id), "an order was shown twice");
                before = "&before_order_id=" + id;
            }
            portfolio.put(open());
        }
        assertTrue(seen.size() >= 40, "shown: " + seen.size());
        assertTrue(all.stream().allMatch(order -> seen.contains(order.id().toString())));
    }

    private static String values() {
        return "/v2/account/portfolio/history?period=1D";
    }

    private static Order open() {
        return Samples.accepted(Samples.market(Side.BUY, "SPY", "1"), "paper");
    }

    /** A closed order that memory has forgotten, told by the tape. */
    private Order closed() {
        Order order = Samples.filled(open(), "1");
        assertEquals(OrderState.FILLED, order.state());
        tape.append(header -> new OrderEvent(header, OrderEventKind.FILL, order, Optional.empty(), List.of(), ""));
        return order;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return edge.get(path, KeyBook.headers("alice"));
    }
}
