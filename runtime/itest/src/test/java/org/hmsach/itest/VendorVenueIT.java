package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.Test;

/** A vendor's EXTERNAL venue, built from the published contracts, signed and dropped into a running server. */
class VendorVenueIT {
    @Test
    void tradesThere() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hms-itest");
        Files.writeString(
                Files.createDirectories(data.resolve("conf")).resolve("org.hmsach.mkt.data.cfg"),
                "venue = acme.broker\n");
        try (Server server = Server.start(data, "core,gov,mkt,mfe", "hms.market.session=open")) {
            HmsClient client = server.as(server.investor("vendor", "1000000.00"));
            assertEquals(503, order(client, 1, "market", Map.of()).status(), "before the broker came");
            Files.move(signedJar(server), server.data().resolve("load/com.acme.broker-1.0.0.jar"));
            Server.await("an order that the broker takes", 60, () -> order(client, 1, "market", Map.of())
                    .ok());
            HmsClient.Answer bought = order(client, 250, "market", Map.of());
            assertEquals(200, bought.status(), bought.json().toString());
            JsonNode filled = await(client, bought, "filled");
            assertEquals("250", filled.path("filled_qty").asText(), filled.toString());
            assertEquals("305", filled.path("filled_avg_price").asText(), filled.toString());

            HmsClient.Answer resting = order(client, 10, "limit", Map.of("limit_price", "300.00"));
            assertEquals(200, resting.status(), resting.json().toString());
            await(client, resting, "new");
            String id = resting.json().path("id").asText();
            assertTrue(client.send("DELETE", "/v2/orders/" + id, null).status() < 300, "taken to cancel");
            await(client, resting, "canceled");
        }
    }

    private static Path signedJar(Server server) throws IOException, InterruptedException {
        Path jar = Home.project().resolve("build/vendor/target/examples/vendor-venue/target/com.acme.broker-1.0.0.jar");
        assertTrue(Files.isRegularFile(jar), "the vendor's build made no " + jar);
        ThrowawayKey acme = ThrowawayKey.make("Acme");
        new SignerStore(server.data().resolve("conf/trust"))
                .add(new Signer("acme", Set.of("mkt"), Set.of("com.acme.*")), acme.certificate());
        Path signed = server.data().resolve("tmp/signed-broker.jar");
        acme.sign(jar, signed);
        return signed;
    }

    private static JsonNode await(HmsClient client, HmsClient.Answer placed, String state)
            throws IOException, InterruptedException {
        String path = "/v2/orders/" + placed.json().path("id").asText();
        Server.await(
                "order " + state,
                60,
                () -> client.get(path).path("status").asText().equals(state));
        return client.get(path);
    }

    private static HmsClient.Answer order(HmsClient client, int qty, String type, Map<String, Object> more)
            throws IOException, InterruptedException {
        Map<String, Object> order = new HashMap<>(more);
        order.put("symbol", "IBM");
        order.put("qty", Integer.toString(qty));
        order.put("side", "buy");
        order.put("type", type);
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        return client.send("POST", "/v2/orders", order);
    }
}
