package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.itest.pax.VersionedJar;
import org.junit.jupiter.api.Test;

/** A vendor's check sees live orders as a shadow, disagrees, and is promoted by a second person. */
class ShadowIT {
    private static final String SHADOWS = "/admin/v1/modules/shadows";
    private static final int ORDERS = 12;

    @Test
    void comparesUnderOrdersAndIsPromotedByASecondPerson() throws IOException, InterruptedException {
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open")) {
            HmsClient first = server.operator();
            HmsClient second = secondOperator(server);
            Server.Investor investor = server.investor("shadowed", "10000000.00");
            HmsClient client = server.as(investor);
            JsonNode begun = ok(first.upload(SHADOWS + "?why=to%20see", VendorIT.signedJar(server)));
            String shadow = SHADOWS + "/" + begun.path("id").asText();
            Set<String> large = new HashSet<>();
            for (int i = 0; i < ORDERS; i++) {
                int qty = i % 3 == 0 ? 101 : 1;
                String order = ok(order(client, qty)).path("id").asText();
                if (qty > 100) {
                    large.add(order);
                }
            }
            JsonNode row = disagreements(first, shadow);
            assertEquals("acme.max-shares", row.path("rule").asText());
            assertEquals(investor.account(), row.path("account").asText());
            Set<String> shown = new HashSet<>();
            row.path("disagreements").forEach(one -> shown.add(one.path("order").asText()));
            assertEquals(large, shown, "the orders behind the disagreements");
            assertTrue(row.toString().contains("quantity 101 is above the limit 100"), row.toString());
            proveTwoPersons(server, first, second, shadow);
            first.put("/gov/v1/required-rules", Map.of("rules", List.of("gov.instrument", "acme.max-shares")));
            assertEquals(403, order(client, 101).status(), "the promoted check serves");
            assertEquals(200, order(client, 100).status());
        }
    }

    @Test
    void givesANewVersionOfAVenueTheSameOrdersAndNeverOneWhereOrdersAreReal() throws Exception {
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open", "hms.trust=off")) {
            HmsClient operator = server.operator();
            HmsClient client = server.as(server.investor("shadowed", "10000000.00"));
            Path shipped = Home.only(
                    Home.distribution().resolve("repo/org/hmsach/org.hmsach.mkt.venue/0.1.0-SNAPSHOT"),
                    "org.hmsach.mkt.venue-");
            Path next;
            try (InputStream jar = Files.newInputStream(shipped)) {
                next = VersionedJar.of(jar, "0.9.0", server.data().resolve("tmp"));
            }
            JsonNode begun = ok(operator.upload(SHADOWS + "?why=to%20see", next));
            String shadow = SHADOWS + "/" + begun.path("id").asText();
            for (int i = 0; i < ORDERS; i++) {
                ok(order(client, 1, Map.of("type", "limit", "limit_price", "1.00", "time_in_force", "ioc")));
            }
            Server.await(
                    "all comparisons",
                    60,
                    () -> operator.get(shadow).path("counts").path("compared").asInt() == ORDERS);
            JsonNode report = operator.get(shadow);
            assertEquals(0, report.path("counts").path("stricter").asInt(), report.toString());
            assertEquals(0, report.path("counts").path("looser").asInt(), report.toString());
            assertEquals(0, report.path("counts").path("failed").asInt(), report.toString());
            assertTrue(report.path("rows").path(0).path("rule").asText().startsWith("venue."), report.toString());

            Path broker = Home.project()
                    .resolve("build/vendor/target/examples/vendor-venue/target/com.acme.broker-1.0.0.jar");
            HmsClient.Answer refused = operator.upload(SHADOWS + "?why=to%20see", broker);
            assertEquals(422, refused.status(), refused.json().toString());
            assertTrue(
                    refused.json().toString().contains("EXTERNAL"),
                    refused.json().toString());
        }
    }

    private static void proveTwoPersons(Server server, HmsClient first, HmsClient second, String shadow)
            throws IOException, InterruptedException {
        HmsClient.Answer refused = first.send("POST", shadow + "/promote", Map.of());
        assertEquals(422, refused.status(), refused.json().toString());
        String message = refused.json().path("message").asText();
        assertTrue(
                message.contains("staged by '" + server.operatorLogin() + "'")
                        && message.contains("promoted by '" + server.operatorLogin() + "'"),
                message);
        JsonNode moved = second.post(shadow + "/promote?watchMs=200", Map.of("why", "the report is as wanted"));
        String operation = "/admin/v1/modules/operations/"
                + moved.path("operation").path("id").asText();
        Server.await(
                "the end of the probation",
                60,
                () -> first.get(operation).path("phase").asText().equals("DONE"));
        JsonNode record = first.get(operation);
        assertEquals("second", record.path("request").path("who").asText());
        JsonNode report = record.path("evidence").path("shadow");
        assertEquals(server.operatorLogin(), report.path("stagedBy").asText());
        assertEquals(ORDERS / 3, report.path("counts").path("stricter").asInt(), report.toString());
        assertEquals(0, report.path("counts").path("dropped").asInt(), report.toString());
    }

    /** The one row of the report, once all orders were compared. */
    private static JsonNode disagreements(HmsClient operator, String shadow) throws IOException, InterruptedException {
        Server.await(
                "all comparisons",
                60,
                () -> operator.get(shadow).path("counts").path("compared").asInt() == ORDERS);
        JsonNode rows = operator.get(shadow).path("rows");
        assertEquals(1, rows.size(), rows.toString());
        return rows.path(0);
    }

    private static HmsClient secondOperator(Server server) throws IOException, InterruptedException {
        JsonNode user =
                server.operator().post("/admin/v1/users", Map.of("login", "second", "roles", List.of("operator")));
        return server.nobody().login("second", user.path("password").asText());
    }

    private static JsonNode ok(HmsClient.Answer answer) {
        assertTrue(answer.ok(), answer.status() + " " + answer.json());
        return answer.json();
    }

    private static HmsClient.Answer order(HmsClient client, int qty) throws IOException, InterruptedException {
        return order(client, qty, Map.of());
    }

    private static HmsClient.Answer order(HmsClient client, int qty, Map<String, Object> other)
            throws IOException, InterruptedException {
        Map<String, Object> order = new HashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", Integer.toString(qty));
        order.put("side", "buy");
        order.put("type", "market");
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        order.putAll(other);
        return client.send("POST", "/v2/orders", order);
    }
}
