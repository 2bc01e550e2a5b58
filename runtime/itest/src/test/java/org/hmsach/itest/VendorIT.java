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
import java.util.Set;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.Test;

/** A vendor's check, built from the published contracts, dropped into a running server: refused, signed, enforced. */
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

            Path dropped = server.data().resolve("load").resolve(jar.getFileName());
            Files.copy(jar, dropped);
            Server.await("the refusal of a jar that is not signed", 60, () -> shows(operator, "refused"));
            Server.await(
                    "the check not being waited for", 60, () -> order(client, 1).status() == 403);
            Files.delete(dropped);
            Server.await("the end of it", 60, () -> !shows(operator, "refused"));

            Files.move(signedJar(server), dropped);
            Server.await("the vendor's module", 60, () -> shows(operator, "active"));
            Server.await("an order within the vendor's limit", 60, () -> order(client, 100)
                    .ok());
            HmsClient.Answer denied = order(client, 101);
            assertEquals(403, denied.status(), denied.json().toString());
            assertEquals("acme.max-shares", denied.json().path("field").asText());
            assertTrue(
                    denied.json().path("message").asText().contains("101"),
                    denied.json().toString());

            JsonNode told = verdict(client).path("inputs");
            assertEquals("acme", told.path("module.signer").asText(), told.toString());
            assertTrue(told.path("module.digest").asText().matches("[0-9a-f]{64}"), told.toString());

            Files.delete(server.data().resolve("load").resolve(jar.getFileName()));
            Server.await("refusal without the check", 60, () -> order(client, 1).status() == 403);
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

    /** The same, signed by the vendor, whom the server's organisation trusts from now on. */
    static Path signedJar(Server server) throws IOException, InterruptedException {
        ThrowawayKey acme = ThrowawayKey.make("Acme");
        new SignerStore(server.data().resolve("conf/trust"))
                .add(new Signer("acme", Set.of("gov"), Set.of("com.acme.*")), acme.certificate());
        Path signed = server.data().resolve("tmp/signed-by-acme.jar");
        acme.sign(vendorsJar(), signed);
        return signed;
    }

    private static boolean shows(HmsClient operator, String state) throws IOException, InterruptedException {
        for (JsonNode shown : operator.get("/admin/v1/modules")) {
            if (shown.path("module").asText().equals("acme.max-shares")) {
                boolean signed = shown.path("signer").asText().equals("acme");
                return shown.path("state").asText().equals(state) && signed == state.equals("active");
            }
        }
        return false;
    }

    /** What the vendor's check says before an order is placed, as it would stand in the record. */
    private static JsonNode verdict(HmsClient client) throws IOException, InterruptedException {
        JsonNode preview =
                client.send("POST", "/v2/orders/preview", fields(100)).json();
        for (JsonNode verdict : preview.path("verdicts")) {
            if (verdict.path("rule").asText().equals("acme.max-shares")) {
                return verdict;
            }
        }
        throw new AssertionError("no verdict of the vendor in " + preview);
    }

    private static HmsClient.Answer order(HmsClient client, int qty) throws IOException, InterruptedException {
        return client.send("POST", "/v2/orders", fields(qty));
    }

    private static Map<String, Object> fields(int qty) {
        Map<String, Object> order = new HashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", Integer.toString(qty));
        order.put("side", "buy");
        order.put("type", "market");
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        return order;
    }
}
