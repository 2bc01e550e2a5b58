package org.hmsach.gateway.internal.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.identity.Role;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
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

class TradingTest {
    private static final UUID OTHER = Samples.newId();
    private final FakePortfolio portfolio = new FakePortfolio();
    private final FakeIntake intake = new FakeIntake(portfolio);
    private final FakeMarketData market = new FakeMarketData();
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        portfolio.put(Samples.instrument("SPY", "paper"));
        portfolio.put(Samples.account(Samples.ACCOUNT, 1_000_000, Samples.position("SPY", "10", 160_000)));
        portfolio.put(Samples.account(OTHER, 500));
        portfolio.grant(Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        market.quote("SPY", "164.99", "165.01").trade("SPY", "165.00", "1");
        KeyBook people = new KeyBook()
                .key("alice", Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR)
                .key("mallory", new UUID(0, 9), OTHER, Role.INVESTOR)
                .session("page", Samples.PERSON, Role.INVESTOR)
                .session("desk", new UUID(0, 7), Role.OPERATOR);
        edge = new TestEdge(CallersForTests.of(people, portfolio), Duration.ofSeconds(1));
        Desk desk = new Desk(portfolio, intake, new FakeTape(), new Histories(), new Prices(List.of(market)));
        edge.offer("/v2/orders", "orders", 0, new OrderResource(desk));
        edge.offer("/v2/orders:by_client_order_id", "by-client-id", 0, new OrderByClientIdResource(desk));
        edge.offer("/v2/positions", "positions", 0, new PositionResource(desk));
        edge.offer("/v2/account", "account", 0, new AccountResource(desk));
        edge.offer("/v2/account/activities", "activities", 0, new ActivityResource(desk));
        edge.settle();
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void placesAndFindsAnOrder() throws Exception {
        HttpResponse<String> placed = place("""
                {"symbol":"SPY","side":"buy","type":"limit","qty":"1.5","limit_price":"164.5","time_in_force":"gtc",
                 "client_order_id":"mine-1","extended_hours":false,"order_class":"simple"}""");
        assertEquals(200, placed.statusCode(), placed.body());
        Map<String, Object> order = edge.object(placed);
        assertEquals("new", order.get("status"));
        assertEquals("1.5", order.get("qty"));
        assertEquals("164.5", order.get("limit_price"));
        assertEquals("us_equity", order.get("asset_class"));
        assertEquals(
                placed.headers().firstValue("X-Request-ID").orElseThrow(),
                intake.origins.get(0).requestId());
        Map<String, Object> byId = edge.object(edge.get("/v2/orders/" + order.get("id"), KeyBook.headers("alice")));
        Map<String, Object> byClientId =
                edge.object(edge.get("/v2/orders:by_client_order_id?client_order_id=mine-1", KeyBook.headers("alice")));
        assertEquals(order, byId);
        assertEquals(order, byClientId);
        assertTrue(edge.get("/v2/orders?status=open&symbols=SPY", KeyBook.headers("alice"))
                .body()
                .contains("mine-1"));
    }

    @Test
    void givesTheFirstOrderAgainForTheSameClientId() throws Exception {
        String body =
                "{\"symbol\":\"SPY\",\"side\":\"buy\",\"type\":\"market\",\"qty\":\"1\",\"time_in_force\":\"day\","
                        + "\"client_order_id\":\"twice\"}";
        Object first = edge.object(place(body)).get("id");
        HttpResponse<String> again = place(body);
        assertEquals(first, edge.object(again).get("id"));
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
    }

    @Test
    void refusesWrongFieldsByFieldValueAndLimit() throws Exception {
        assertWrong("qty", "{\"qty\":\"0\"}");
        assertWrong("qty", "{\"qty\":\"-1\"}");
        assertWrong("qty", "{\"qty\":-1}");
        assertWrong("qty", "{\"qty\":\"NaN\"}");
        assertWrong("qty", "{\"qty\":true}");
        assertWrong("qty", "{\"qty\":[1]}");
        assertWrong("qty", "{\"qty\":\"99999999999999999999\"}");
        assertWrong("qty", "{\"qty\":\"1.123456789\"}");
        assertWrong("qty", "{\"qty\":\"1.12345678\"}");
        assertWrong("qty", "{\"qty\":null}");
        assertWrong("symbol", "{\"symbol\":\"NOSUCH\"}");
        assertWrong("symbol", "{\"symbol\":7}");
        assertWrong("side", "{\"side\":\"hold\"}");
        assertWrong("type", "{\"type\":\"stop\"}");
        assertWrong("time_in_force", "{\"time_in_force\":\"opg\"}");
        assertWrong("limit_price", "{\"limit_price\":\"1.234\",\"type\":\"limit\"}");
        assertWrong("limit_price", "{\"limit_price\":\"-5\",\"type\":\"limit\"}");
        assertWrong("limit_price", "{\"limit_price\":\"5\"}");
        assertWrong("limit_price", "{\"type\":\"limit\"}");
        assertWrong("client_order_id", "{\"client_order_id\":\"a b\"}");
        assertWrong("client_order_id", "{\"client_order_id\":\"" + "x".repeat(129) + "\"}");
        assertWrong("notional", "{\"notional\":\"100\"}");
        assertWrong("extended_hours", "{\"extended_hours\":true}");
        assertWrong("order_class", "{\"order_class\":\"bracket\"}");
        assertWrong("trail_price", "{\"trail_price\":\"1\"}");
        assertEquals(0, intake.placed.size());
    }

    @Test
    void tellsARefusalWithRuleValueAndLimit() throws Exception {
        intake.refusal = Optional.of(Refused.of(
                Reason.LIMIT_EXCEEDED,
                "limit.max_order_notional",
                "the order is worth 165.01, the limit is 100.00",
                "165.01",
                "100.00"));
        HttpResponse<String> response = place(order("{}"));
        assertEquals(403, response.statusCode());
        Map<String, Object> problem = edge.object(response);
        assertEquals("limit.max_order_notional", problem.get("rule"));
        assertEquals("165.01", problem.get("value"));
        assertEquals("100.00", problem.get("limit"));
        intake.refusal = Optional.of(
                Refused.of(Reason.INSUFFICIENT_BUYING_POWER, "core.buying_power", "insufficient buying power"));
        assertEquals(
                40_310_000,
                edge.object(place(order("{\"client_order_id\":\"b\"}"))).get("code"));
    }

    @Test
    void namesTheModuleThatPlacingNeeds() throws Exception {
        intake.away = Optional.of(UnavailableException.moduleAbsent("mfe.exec", "orders cannot be placed"));
        HttpResponse<String> response = place(order("{}"));
        assertEquals(503, response.statusCode());
        assertTrue(edge.object(response).get("message").toString().startsWith("MODULE_ABSENT: mfe.exec"));
        assertEquals(200, edge.get("/v2/account", KeyBook.headers("alice")).statusCode());
    }

    @Test
    void showsTheReplacingOrderBeforeTheVenueHasAnswered() throws Exception {
        Object id = edge.object(place(order("{\"type\":\"limit\",\"limit_price\":\"160\"}")))
                .get("id");
        HttpResponse<String> response = patch("/v2/orders/" + id, "{\"limit_price\":\"159\",\"qty\":\"2\"}");
        assertEquals(200, response.statusCode(), response.body());
        Map<String, Object> next = edge.object(response);
        assertEquals(id, next.get("replaces"));
        assertEquals("159", next.get("limit_price"));
        assertEquals("pending_new", next.get("status"));
        assertEquals(next, edge.object(edge.get("/v2/orders/" + next.get("id"), KeyBook.headers("alice"))));
        HttpResponse<String> tooSoon = patch("/v2/orders/" + next.get("id"), "{\"limit_price\":\"158\"}");
        assertEquals(422, tooSoon.statusCode(), "the venue has not answered yet: " + tooSoon.body());
        assertEquals(422, patch("/v2/orders/" + id, "{}").statusCode());
        assertEquals(422, patch("/v2/orders/" + id, "{\"stop_price\":\"1\"}").statusCode());
        assertEquals(204, delete("/v2/orders/" + next.get("id")).statusCode());
    }

    @Test
    void cancelsOneAndAll() throws Exception {
        Object id = edge.object(place(order("{}"))).get("id");
        assertEquals(204, delete("/v2/orders/" + id).statusCode());
        HttpResponse<String> again = delete("/v2/orders/" + id);
        assertEquals(422, again.statusCode());
        assertEquals(42_210_000, edge.object(again).get("code"));
        place(order("{\"client_order_id\":\"x\"}"));
        HttpResponse<String> all = delete("/v2/orders");
        assertEquals(207, all.statusCode());
        assertTrue(all.body().contains("\"status\":200"), all.body());
    }

    @Test
    void answersACancelAgainForTheSameIdempotencyKey() throws Exception {
        URI order =
                edge.uri.resolve("/v2/orders/" + edge.object(place(order("{}"))).get("id"));
        for (Optional<String> replayed : List.of(Optional.<String>empty(), Optional.of("true"))) {
            HttpRequest.Builder cancel = HttpRequest.newBuilder(order).DELETE().header("Idempotency-Key", "once");
            HttpResponse<String> answer = edge.send(cancel, KeyBook.headers("alice"));
            assertEquals(204, answer.statusCode(), answer.body());
            assertEquals(replayed, answer.headers().firstValue("Idempotent-Replayed"));
        }
        HttpRequest.Builder long129 = HttpRequest.newBuilder(order).DELETE().header("Idempotency-Key", "k".repeat(129));
        HttpResponse<String> refused = edge.send(long129, KeyBook.headers("alice"));
        assertEquals(422, refused.statusCode());
        assertEquals("Idempotency-Key", edge.object(refused).get("field"));
    }

    @Test
    void closesAPositionOrExactlyAPartOfIt() throws Exception {
        assertEquals(422, delete("/v2/positions/SPY?percentage=50").statusCode());
        assertEquals(422, delete("/v2/positions/SPY?qty=-1").statusCode());
        assertEquals(404, delete("/v2/positions/IBM").statusCode());
        assertEquals(0, intake.placed.size());
        assertEquals("2.5", edge.object(delete("/v2/positions/SPY?qty=2.5")).get("qty"));
        assertEquals("10", edge.object(delete("/v2/positions/SPY")).get("qty"));
        assertTrue(intake.placed.stream().allMatch(order -> order.side() == Side.SELL));
    }

    @Test
    void hidesOtherPeoplesOrdersAndAccounts() throws Exception {
        Object id = edge.object(place(order("{}"))).get("id");
        assertEquals(
                404, edge.get("/v2/orders/" + id, KeyBook.headers("mallory")).statusCode());
        assertEquals(
                404,
                edge.send(
                                HttpRequest.newBuilder(edge.uri.resolve("/v2/orders/" + id))
                                        .DELETE(),
                                KeyBook.headers("mallory"))
                        .statusCode());
        assertEquals("[]", edge.get("/v2/orders", KeyBook.headers("mallory")).body());
        String[] chosen = {"Cookie", "hms_session=page", "HMS-Account", OTHER.toString()};
        assertEquals(404, edge.get("/v2/account", chosen).statusCode());
        assertEquals(
                OrderState.NEW,
                portfolio.order(UUID.fromString(id.toString())).orElseThrow().state());
    }

    @Test
    void letsASessionReadWithItsCookieButWriteOnlyWithItsToken() throws Exception {
        assertEquals(200, edge.get("/v2/account", "Cookie", "hms_session=page").statusCode());
        String[] without = {"Cookie", "hms_session=page", "Content-Type", "application/json"};
        assertEquals(401, edge.post("/v2/orders", order("{}"), without).statusCode());
        String[] with = {"Cookie", "hms_session=page", "X-CSRF-Token", "page-csrf", "Content-Type", "application/json"};
        assertEquals(200, edge.post("/v2/orders", order("{}"), with).statusCode());
        String[] operator = {"Cookie", "hms_session=desk", "HMS-Account", Samples.ACCOUNT.toString()};
        assertEquals(200, edge.get("/v2/account", operator).statusCode());
        assertEquals(403, edge.get("/v2/account", "Cookie", "hms_session=desk").statusCode());
    }

    @Test
    void valuesAccountAndPositionsAtTheMark() throws Exception {
        Map<String, Object> account = edge.object(edge.get("/v2/account", KeyBook.headers("alice")));
        assertEquals("10000.00", account.get("cash"));
        assertEquals("1650.00", account.get("long_market_value"));
        assertEquals("11650.00", account.get("equity"));
        Map<String, Object> position = edge.object(edge.get("/v2/positions/SPY", KeyBook.headers("alice")));
        assertEquals("1650.00", position.get("market_value"));
        assertEquals("50.00", position.get("unrealized_pl"));
        assertEquals("0.03125", position.get("unrealized_plpc"));
        assertEquals("160", position.get("avg_entry_price"));
        Object byAssetId = position.get("asset_id");
        assertEquals(
                200,
                edge.get("/v2/positions/" + byAssetId, KeyBook.headers("alice")).statusCode());
        assertEquals(
                404, edge.get("/v2/positions/IBM", KeyBook.headers("alice")).statusCode());
        market.forget("SPY");
        assertEquals(
                "1600.00",
                edge.object(edge.get("/v2/account", KeyBook.headers("alice"))).get("long_market_value"));
    }

    @Test
    void saysWhatAPreviewFound() throws Exception {
        intake.preview = new Preview(
                false,
                Optional.of(Samples.price("165.01")),
                16_501,
                12,
                17_326,
                List.of(Verdict.deny("gov.collar", "1", "too far away", Map.of("reference", "165.01"))));
        HttpResponse<String> response = edge.post("/v2/orders/preview", order("{}"), KeyBook.json("alice"));
        Map<String, Object> preview = edge.object(response);
        assertEquals(false, preview.get("accepted"));
        assertEquals("165.01", preview.get("cost"));
        assertEquals("0.12", preview.get("fee"));
        assertTrue(response.body().contains("gov.collar"));
        assertEquals(0, intake.placed.size());
    }

    @Test
    void answersWrongParametersPrecisely() throws Exception {
        for (String query : List.of(
                "/v2/orders?status=some",
                "/v2/orders?limit=0",
                "/v2/orders?limit=501",
                "/v2/orders?after=yesterday",
                "/v2/orders?direction=up",
                "/v2/orders/not-an-id",
                "/v2/orders:by_client_order_id",
                "/v2/account/activities?page_size=x",
                "/v2/account/activities?date=2026-13-01")) {
            assertEquals(422, edge.get(query, KeyBook.headers("alice")).statusCode(), query);
        }
        HttpResponse<String> absent = edge.get("/v2/orders?status=closed", KeyBook.headers("alice"));
        assertEquals(503, absent.statusCode());
        assertTrue(absent.body().contains("MODULE_ABSENT: store"));
    }

    @Test
    void showsTheAveragePriceOfFills() {
        Order order = Samples.filled(Samples.accepted(Samples.market(Side.BUY, "SPY", "3"), "paper"), "3");
        Order priced = new Order(
                order.id(),
                order.request(),
                order.state(),
                order.venue(),
                order.priority(),
                Scale8.parse("3"),
                Scale8.parse("495.01"),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                order.businessDate(),
                order.createdMs(),
                order.updatedMs());
        assertEquals("165.00333333", OrderJson.of(priced).get("filled_avg_price"));
    }

    private HttpResponse<String> place(String body) throws Exception {
        return edge.post("/v2/orders", body, KeyBook.json("alice"));
    }

    private HttpResponse<String> patch(String path, String body) throws Exception {
        return edge.send(
                HttpRequest.newBuilder(edge.uri.resolve(path))
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)),
                KeyBook.json("alice"));
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return edge.send(HttpRequest.newBuilder(edge.uri.resolve(path)).DELETE(), KeyBook.headers("alice"));
    }

    /** A good market order with some fields put over it. */
    private String order(String over) throws Exception {
        Map<String, Object> fields = edge.json.readObject(
                "{\"symbol\":\"SPY\",\"side\":\"buy\",\"type\":\"market\",\"qty\":\"1\",\"time_in_force\":\"day\"}");
        fields.putAll(edge.json.readObject(over));
        return edge.json.write(fields);
    }

    private void assertWrong(String field, String over) throws Exception {
        HttpResponse<String> response = place(order(over));
        assertEquals(422, response.statusCode(), over + " gave " + response.body());
        Map<String, Object> problem = edge.object(response);
        assertEquals(field, problem.get("field"), response.body());
        assertTrue(problem.containsKey("value") && problem.containsKey("limit"), response.body());
        assertEquals(42_210_000, problem.get("code"));
    }
}
