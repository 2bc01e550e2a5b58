package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bad input gets a precise 4xx that names the field, and changes nothing. */
class BadInputIT {
    private static Server server;
    private static Server.Investor investor;
    private static Server.Investor stranger;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = Server.start("core,gov,mkt,mfe", "hms.market.session=open");
        investor = server.investor("careful", "100000.00");
        stranger = server.investor("stranger", "100000.00");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        server.close();
    }

    /** A field of an order with a value it must not have. */
    private record Wrong(String field, Object value, int status) {
        Wrong(String field, Object value) {
            this(field, value, 422);
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongFieldsOfAnOrder() {
        return Stream.of(
                        new Wrong("symbol", "NOSUCH"),
                        new Wrong("symbol", "x".repeat(500)),
                        new Wrong("symbol", 7),
                        new Wrong("qty", "-1"),
                        new Wrong("qty", "0"),
                        new Wrong("qty", "NaN"),
                        new Wrong("qty", "Infinity"),
                        new Wrong("qty", "1e300"),
                        new Wrong("qty", new BigInteger("9".repeat(40))),
                        new Wrong("qty", "1.123456789"),
                        new Wrong("qty", true),
                        new Wrong("qty", List.of("1")),
                        new Wrong("qty", null),
                        new Wrong("side", "hold"),
                        new Wrong("side", null),
                        new Wrong("type", "stop_magic"),
                        new Wrong("time_in_force", "forever"),
                        new Wrong("limit_price", "-3"),
                        new Wrong("limit_price", "0"),
                        new Wrong("limit_price", "100.123456789"),
                        new Wrong("limit_price", null),
                        new Wrong("client_order_id", "with space"),
                        new Wrong("client_order_id", "x".repeat(129)))
                .map(wrong -> DynamicTest.dynamicTest(wrong.field() + " = " + shorten(wrong.value()), () -> {
                    Map<String, Object> order = order();
                    order.put(wrong.field(), wrong.value());
                    changesNothing(() -> {
                        HmsClient.Answer answer = server.as(investor).send("POST", "/v2/orders", order);
                        assertEquals(
                                wrong.status(), answer.status(), answer.json().toString());
                        assertProblem(answer, wrong.field());
                    });
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesBodiesThatAreNoOrder() {
        return Stream.of(
                        "{",
                        "",
                        "[]",
                        "null",
                        "\"x\"",
                        "{\"symbol\":\"IBM\",\"symbol\":\"BAC\"}",
                        "{\"qty\":NaN}",
                        "<a/>")
                .map(body -> DynamicTest.dynamicTest(
                        "body " + body,
                        () -> changesNothing(() -> {
                            HttpResponse<String> answer = raw("/v2/orders", "application/json", body);
                            assertTrue(answer.statusCode() == 400 || answer.statusCode() == 422, answer.body());
                            assertTrue(answer.body().contains("\"message\""), answer.body());
                            assertFalse(answer.body().contains("Exception"), answer.body());
                        })));
    }

    @Test
    void refusesXmlWithAnExternalEntity() throws IOException, InterruptedException {
        String xml = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        HttpResponse<String> answer = raw("/v2/orders", "application/xml", xml);
        assertEquals(415, answer.statusCode(), answer.body());
        assertFalse(answer.body().contains("root:"), answer.body());
    }

    @Test
    void refusesAReusedIdWithAnotherBody() throws IOException, InterruptedException {
        Map<String, Object> order = order();
        HmsClient client = server.as(investor);
        assertEquals(200, client.send("POST", "/v2/orders", order).status());
        order.put("qty", "2");
        HmsClient.Answer answer = client.send("POST", "/v2/orders", order);
        assertEquals(422, answer.status(), answer.json().toString());
        assertEquals("ID_REUSED", answer.json().path("reason").asText());
        assertEquals("client_order_id", answer.json().path("field").asText());
    }

    @Test
    void hidesOtherPeoplesOrdersAndAccounts() throws IOException, InterruptedException {
        String id = server.as(investor).post("/v2/orders", order()).path("id").asText();
        HmsClient other = server.as(stranger);
        assertEquals(404, other.send("GET", "/v2/orders/" + id, null).status());
        assertEquals(404, other.send("DELETE", "/v2/orders/" + id, null).status());
        assertEquals(
                404, other.send("PATCH", "/v2/orders/" + id, Map.of("qty", "2")).status());
        assertEquals(
                404,
                other.send("GET", "/mfe/v1/transfers?account=" + investor.account(), null)
                        .status());
        HmsClient.Answer transfer = other.send(
                "POST",
                "/mfe/v1/transfers",
                Map.of("account", investor.account(), "direction", "outgoing", "amount", "1.00"));
        assertEquals(404, transfer.status(), transfer.json().toString());
        for (String path : List.of("/admin/v1/users", "/admin/v1/modules", "/gov/v1/limits", "/admin/v1/outcomes")) {
            assertEquals(403, other.send("GET", path, null).status(), path);
        }
    }

    @Test
    void refusesForgedAndRevokedKeys() throws IOException, InterruptedException {
        HmsClient nobody = server.nobody();
        assertEquals(401, nobody.send("GET", "/v2/account", null).status());
        assertEquals(
                401,
                nobody.withKey(investor.keyId(), "forged")
                        .send("GET", "/v2/account", null)
                        .status());
        assertEquals(
                401,
                nobody.withKey("HKFORGED", "forged")
                        .send("GET", "/v2/account", null)
                        .status());
        HmsClient session = nobody.login(stranger.login(), stranger.password());
        JsonNode key = session.post("/auth/v1/keys", Map.of("account", stranger.account(), "name", "short-lived"));
        HmsClient keyed =
                nobody.withKey(key.path("keyId").asText(), key.path("secretKey").asText());
        assertEquals(200, keyed.send("GET", "/v2/account", null).status());
        session.delete("/auth/v1/keys/" + key.path("keyId").asText());
        assertEquals(401, keyed.send("GET", "/v2/account", null).status(), "the very next request");
    }

    @Test
    void refusesASessionWithoutItsCsrfTokenAndAfterLogout() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> login = http.send(
                HttpRequest.newBuilder(server.url().resolve("/auth/v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"login\":\"" + stranger.login()
                                + "\",\"password\":\"" + stranger.password() + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = login.headers().firstValue("set-cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        HttpResponse<String> forged = http.send(
                HttpRequest.newBuilder(server.url().resolve("/v2/orders"))
                        .header("Content-Type", "application/json")
                        .header("Cookie", cookie.replaceFirst(";.*", ""))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(401, forged.statusCode(), forged.body());
        assertTrue(forged.body().contains("X-CSRF-Token"), forged.body());
        HmsClient session = server.nobody().login(stranger.login(), stranger.password());
        session.post("/auth/v1/logout", Map.of());
        assertEquals(401, session.send("GET", "/auth/v1/me", null).status());
    }

    @Test
    void throttlesGuessing() throws IOException, InterruptedException {
        server.investor("guessed", "");
        HmsClient nobody = server.nobody();
        int status = 401;
        for (int i = 0; i < 30 && status == 401; i++) {
            HmsClient.Answer answer =
                    nobody.send("POST", "/auth/v1/login", Map.of("login", "guessed", "password", "wrong" + i));
            status = answer.status();
            if (status == 429) {
                assertTrue(Integer.parseInt(answer.headers().get("retry-after")) > 0);
            }
        }
        assertEquals(429, status);
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongTransfers() {
        return Stream.of(
                        new Wrong("amount", "-5"),
                        new Wrong("amount", "0"),
                        new Wrong("amount", "1.005"),
                        new Wrong("amount", "NaN"),
                        new Wrong("amount", "99999999999999999999"),
                        new Wrong("direction", "sideways"),
                        new Wrong("rail", "carrier-pigeon"),
                        new Wrong("surprise", "x"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.field() + " = " + shorten(wrong.value()), () -> {
                    Map<String, Object> transfer = new HashMap<>(Map.of("direction", "incoming", "amount", "5.00"));
                    transfer.put(wrong.field(), wrong.value());
                    changesNothing(() -> {
                        HmsClient.Answer answer = server.as(investor).send("POST", "/mfe/v1/transfers", transfer);
                        assertEquals(
                                wrong.status(), answer.status(), answer.json().toString());
                        assertProblem(answer, wrong.field());
                    });
                }));
    }

    private static void assertProblem(HmsClient.Answer answer, String field) {
        JsonNode problem = answer.json();
        assertEquals(field, problem.path("field").asText(), problem.toString());
        assertTrue(problem.hasNonNull("message") && problem.hasNonNull("code"), problem.toString());
        assertTrue(
                problem.hasNonNull("limit") || problem.path("message").asText().contains(field), problem.toString());
        assertTrue(answer.headers().containsKey("x-request-id"), "no request id");
    }

    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private static void changesNothing(Attempt attempt) throws IOException, InterruptedException {
        HmsClient client = server.as(investor);
        JsonNode before = client.get("/v2/account");
        int orders = client.get("/v2/orders?status=open&limit=500").size();
        attempt.run();
        assertEquals(before.path("cash"), client.get("/v2/account").path("cash"));
        assertEquals(before.path("buying_power"), client.get("/v2/account").path("buying_power"));
        assertEquals(orders, client.get("/v2/orders?status=open&limit=500").size());
    }

    /** A limit order that rests: an open market price moves less than this within a test. */
    private static Map<String, Object> order() throws IOException, InterruptedException {
        String bid = server.as(investor)
                .get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path("bp")
                .asText();
        String low = new java.math.BigDecimal(bid)
                .multiply(new java.math.BigDecimal("0.97"))
                .setScale(2, java.math.RoundingMode.DOWN)
                .toPlainString();
        Map<String, Object> order = new HashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", "1");
        order.put("side", "buy");
        order.put("type", "limit");
        order.put("limit_price", low);
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        return order;
    }

    private static HttpResponse<String> raw(String path, String type, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.url().resolve(path))
                                .header("Content-Type", type)
                                .header("APCA-API-KEY-ID", investor.keyId())
                                .header("APCA-API-SECRET-KEY", investor.secretKey())
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String shorten(Object value) {
        String text = String.valueOf(value);
        return text.length() > 30 ? text.substring(0, 30) + "…" : text;
    }
}
