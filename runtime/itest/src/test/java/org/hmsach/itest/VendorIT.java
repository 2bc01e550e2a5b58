package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;
import org.junit.jupiter.api.Test;

/** A vendor's check, built from the published contracts alone, is dropped into a running server and enforced. */
class VendorIT {
    private static final List<String> RULES = List.of("gov.collar", "gov.session", "gov.instrument");

    @Test
    void enforcesACheckThatWasDroppedIn() throws IOException, InterruptedException {
        Path jar = vendorsJar();
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open")) {
            HmsClient operator = server.operator();
            HmsClient client = server.as(server.investor("vendor", "1000000.00"));
            assertEquals(200, order(client, 101).status(), "before the vendor's check came");

            require(operator, "acme.max-shares");
            HmsClient.Answer missing = order(client, 1);
            assertEquals(403, missing.status(), missing.json().toString());
            assertEquals("GOV_CHECK_MISSING", missing.json().path("reason").asText());
            assertTrue(
                    missing.json().path("message").asText().contains("acme.max-shares"),
                    missing.json().toString());

            Files.copy(jar, server.data().resolve("load").resolve(jar.getFileName()));
            Server.await("the vendor's module", 30, () -> shows(operator, "acme.max-shares"));
            Server.await("an order within the vendor's limit", 10, () -> order(client, 100)
                    .ok());
            HmsClient.Answer denied = order(client, 101);
            assertEquals(403, denied.status(), denied.json().toString());
            assertEquals("acme.max-shares", denied.json().path("field").asText());
            assertTrue(
                    denied.json().path("message").asText().contains("101"),
                    denied.json().toString());

            Files.delete(server.data().resolve("load").resolve(jar.getFileName()));
            Server.await("refusal without the check", 30, () -> order(client, 1).status() == 403);
        }
    }

    /** What the vendor's own build made, outside the reactor. */
    static Path vendorsJar() {
        Path jar =
                Home.project().resolve("build/vendor/target/examples/vendor-check/target/com.acme.maxshares-1.0.0.jar");
        assertTrue(Files.isRegularFile(jar), "the vendor's build made no " + jar);
        return jar;
    }

    private static void require(HmsClient operator, String rule) throws IOException, InterruptedException {
        List<String> rules = new ArrayList<>(RULES);
        rules.add(rule);
        operator.put("/gov/v1/required-rules", Map.of("rules", rules));
    }

    private static boolean shows(HmsClient operator, String module) throws IOException, InterruptedException {
        for (JsonNode shown : operator.get("/admin/v1/modules")) {
            if (shown.path("module").asText().equals(module)) {
                return shown.path("state").asText().equals("active");
            }
        }
        return false;
    }

    private static HmsClient.Answer order(HmsClient client, int qty) throws IOException, InterruptedException {
        Map<String, Object> order = new HashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", Integer.toString(qty));
        order.put("side", "buy");
        order.put("type", "market");
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        return client.send("POST", "/v2/orders", order);
    }
}
