package org.hmsach.gateway.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.Events.KeyRevoked;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.guard.Callers;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.hmsach.gateway.internal.guard.KeyBook;
import org.hmsach.gateway.internal.trading.DeskForTests;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final UUID OTHER = Samples.newId();
    private static final Hub.Limits LIMITS = new Hub.Limits(4, 3, 64, 50);
    private final FakePortfolio portfolio = new FakePortfolio();
    private final FakeTape tape = new FakeTape();
    private final FakeMarketData market = new FakeMarketData();
    private final Server server = new Server();
    private Hub hub;
    private URI uri;

    @BeforeEach
    void start() throws Exception {
        portfolio.put(Samples.instrument("SPY", "paper"));
        portfolio.put(Samples.account(Samples.ACCOUNT, 1_000_000, Samples.position("SPY", "10", 160_000)));
        portfolio.put(Samples.account(OTHER, 500));
        portfolio.grant(Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        market.quote("SPY", "164.99", "165.01");
        KeyBook people = new KeyBook()
                .key("alice", Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR)
                .key("mallory", new UUID(0, 9), OTHER, Role.INVESTOR)
                .session("page", Samples.PERSON, Role.INVESTOR);
        Callers callers = CallersForTests.of(people, portfolio);
        hub = new Hub(DeskForTests.of(portfolio, tape, market), callers, new Metrics(), LIMITS);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(new StreamServlet(hub));
        holder.setInitOrder(1);
        context.addServlet(holder, "/stream");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        server.setHandler(context);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        uri = URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/stream");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
        server.stop();
    }

    @Test
    void speaksTheDialect() throws Exception {
        try (StreamClient client = new StreamClient(uri)) {
            client.authenticate("alice");
            assertEquals(
                    "authorized",
                    client.await("authorization").path("data").path("status").asText());
            client.listen("trade_updates", "nothing_known");
            assertEquals(
                    "[\"trade_updates\"]",
                    client.await("listening").path("data").path("streams").toString());
            Order order = order(Samples.ACCOUNT);
            tell(OrderEventKind.NEW, order);
            var update = client.await("trade_updates");
            assertEquals("new", update.path("data").path("event").asText());
            assertEquals(
                    order.id().toString(),
                    update.path("data").path("order").path("id").asText());
            assertEquals(tape.lastNumber(), update.path("tape").asLong());
            fill(order);
            var fill = client.await("trade_updates");
            assertEquals("fill", fill.path("data").path("event").asText());
            assertEquals("165.01", fill.path("data").path("price").asText());
            assertEquals("10", fill.path("data").path("position_qty").asText());
        }
    }

    @Test
    void refusesWrongCredentialsAndClosesTheSocket() throws Exception {
        try (StreamClient client = new StreamClient(uri)) {
            client.send(Map.of("action", "authenticate", "data", Map.of("key_id", "alice", "secret_key", "wrong")));
            assertEquals(
                    "unauthorized",
                    client.await("authorization").path("data").path("status").asText());
            client.awaitClose();
        }
    }

    @Test
    void tellsNobodyAnythingBeforeAuthentication() throws Exception {
        try (StreamClient client = new StreamClient(uri)) {
            client.listen("trade_updates", "portfolio");
            assertTrue(client.await("error").toString().contains("not authenticated"));
            client.sendText("{\"action\":\"dance\"}");
            client.await("error");
            client.sendText("no json");
            client.await("error");
        }
    }

    @Test
    void tellsOnlyTheOwnAccount() throws Exception {
        try (StreamClient alice = new StreamClient(uri);
                StreamClient mallory = new StreamClient(uri)) {
            listenAs(alice, "alice");
            listenAs(mallory, "mallory");
            tell(OrderEventKind.NEW, order(Samples.ACCOUNT));
            tell(OrderEventKind.NEW, order(OTHER));
            assertEquals(1, alice.await("trade_updates").path("tape").asLong());
            assertEquals(2, mallory.await("trade_updates").path("tape").asLong());
        }
    }

    @Test
    void resumesAfterTheCursorWithoutLossOrRepetition() throws Exception {
        for (int i = 0; i < 50; i++) {
            tell(OrderEventKind.NEW, order(i % 2 == 0 ? Samples.ACCOUNT : OTHER));
        }
        try (StreamClient client = new StreamClient(uri)) {
            client.authenticate("alice");
            client.await("authorization");
            client.send(Map.of("action", "listen", "data", Map.of("streams", List.of("trade_updates"), "since", 10)));
            for (int i = 0; i < 10; i++) {
                tell(OrderEventKind.NEW, order(Samples.ACCOUNT));
            }
            for (long expected = 11; expected <= 49; expected += 2) {
                assertEquals(
                        expected, client.await("trade_updates").path("tape").asLong());
            }
            for (long expected = 51; expected <= 60; expected++) {
                assertEquals(
                        expected, client.await("trade_updates").path("tape").asLong());
            }
        }
    }

    @Test
    void marksAGapWhenTheCursorIsNotOfThisTape() throws Exception {
        tell(OrderEventKind.NEW, order(Samples.ACCOUNT));
        try (StreamClient client = new StreamClient(uri)) {
            client.authenticate("alice");
            client.await("authorization");
            client.send(Map.of("action", "listen", "data", Map.of("streams", List.of("trade_updates"), "since", 999)));
            assertEquals(999, client.await("gap").path("data").path("since").asLong());
            tell(OrderEventKind.NEW, order(Samples.ACCOUNT));
            assertEquals(2, client.await("trade_updates").path("tape").asLong());
        }
    }

    @Test
    void sendsPortfolioAndQuotesWhenTheyChange() throws Exception {
        try (StreamClient client = new StreamClient(uri)) {
            client.authenticate("alice");
            client.await("authorization");
            client.send(Map.of(
                    "action",
                    "listen",
                    "data",
                    Map.of("streams", List.of("portfolio", "quotes"), "symbols", List.of("SPY"))));
            assertEquals(
                    "SPY", client.await("quotes").path("data").path("symbol").asText());
            var first = client.await("portfolio").path("data");
            assertEquals("11650.00", first.path("account").path("equity").asText());
            assertEquals("SPY", first.path("positions").path(0).path("symbol").asText());
            market.quote("SPY", "169.99", "170.01");
            assertEquals(
                    "169.99", client.await("quotes").path("data").path("bid").asText());
            assertEquals(
                    "11700.00",
                    client.await("portfolio")
                            .path("data")
                            .path("account")
                            .path("equity")
                            .asText());
            assertFalse(client.hasMore("quotes"), "nothing changed, so nothing may come");
            assertFalse(client.hasMore("portfolio"), "nothing changed, so nothing may come");
        }
    }

    @Test
    void takesTheSessionCookieOnlyFromItsOwnPage() throws Exception {
        String own = "http://127.0.0.1:" + uri.getPort();
        try (StreamClient page = new StreamClient(uri, "Cookie", "a=b; hms_session=page", "Origin", own);
                StreamClient foreign =
                        new StreamClient(uri, "Cookie", "hms_session=page", "Origin", "http://evil.test");
                StreamClient none = new StreamClient(uri, "Cookie", "hms_session=page")) {
            page.listen("trade_updates");
            page.await("listening");
            foreign.listen("trade_updates");
            assertTrue(foreign.await("error").toString().contains("not authenticated"));
            none.listen("trade_updates");
            assertTrue(none.await("error").toString().contains("not authenticated"));
        }
    }

    @Test
    void endsTheStreamOfARevokedKey() throws Exception {
        try (StreamClient client = new StreamClient(uri)) {
            listenAs(client, "alice");
            tape.append(header -> new KeyRevoked(header, "alice"));
            client.awaitClose();
        }
    }

    @Test
    void tellsTheOneTooManyWhyAndLetsItGo() throws Exception {
        List<StreamClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.perPerson(); i++) {
                open.add(new StreamClient(uri));
                listenAs(open.get(i), "alice");
            }
            open.add(new StreamClient(uri));
            open.get(3).authenticate("alice");
            assertTrue(open.get(3).await("error").toString().contains("more than 3 streams of one person"));
            open.get(3).awaitClose();
            open.add(new StreamClient(uri));
            listenAs(open.get(4), "mallory");
            open.add(new StreamClient(uri));
            assertTrue(open.get(5).await("error").toString().contains("more than 4 streams are open"));
            open.get(5).awaitClose();
            tell(OrderEventKind.NEW, order(OTHER));
            open.get(4).await("trade_updates");
        } finally {
            open.forEach(StreamClient::close);
        }
    }

    private void listenAs(StreamClient client, String key) throws Exception {
        client.authenticate(key);
        client.await("authorization");
        client.listen("trade_updates");
        client.await("listening");
    }

    private static Order order(UUID account) {
        OrderRequest any = Samples.market(Side.BUY, "SPY", "10");
        return Samples.accepted(
                new OrderRequest(
                        account,
                        any.clientOrderId(),
                        any.symbol(),
                        any.side(),
                        any.type(),
                        any.timeInForce(),
                        any.qtyE8(),
                        any.limitPriceE8()),
                "paper");
    }

    private void tell(OrderEventKind kind, Order order) {
        tape.append(header -> new OrderEvent(header, kind, order, Optional.empty(), List.of(), ""));
    }

    private void fill(Order order) {
        Execution execution = new Execution(
                "1", "paper", order.request().qtyE8(), 16_501_000_000L, 165_010, Samples.MONDAY, Samples.MONDAY);
        tape.append(header -> new OrderEvent(
                header, OrderEventKind.FILL, Samples.filled(order, "10"), Optional.of(execution), List.of(), ""));
    }
}
