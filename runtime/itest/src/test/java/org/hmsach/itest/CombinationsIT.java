package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hmsach.cli.http.HmsClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every choice of the three families boots and says by name what it cannot do. */
class CombinationsIT {

    @ParameterizedTest
    @ValueSource(strings = {"", "gov", "mkt", "mfe", "gov,mkt", "gov,mfe", "mkt,mfe", "gov,mkt,mfe"})
    void bootsAndNamesWhatItCannotDo(String families) throws IOException, InterruptedException {
        Set<String> chosen = new HashSet<>(List.of(families.split(",")));
        try (Server server =
                Server.start(families.isEmpty() ? "core" : "core," + families, "hms.market.session=open")) {
            HmsClient operator = server.operator();
            assertEquals(200, server.nobody().send("GET", "/health/live", null).status());
            assertModules(operator, chosen);
            absent(operator, chosen.contains("gov"), "/gov/v1/limits", "gov.checks");
            absent(operator, chosen.contains("mkt"), "/v2/assets", "mkt.data");
            absent(operator, chosen.contains("mkt"), "/v2/clock", "mkt.data");
            absent(operator, chosen.contains("mfe"), "/mfe/v1/transfers", "mfe.ach");
            absent(operator, chosen.contains("mfe"), "/mfe/v1/books/fees", "mfe.books");
            assertOrders(server, chosen);
        }
    }

    private static void assertModules(HmsClient operator, Set<String> chosen) throws IOException, InterruptedException {
        Map<String, String> states = new HashMap<>();
        for (JsonNode module : operator.get("/admin/v1/modules")) {
            states.put(module.path("module").asText(), module.path("state").asText());
        }
        for (String module : List.of("gov.checks", "mkt.data", "mkt.venue", "mfe.exec", "mfe.books", "mfe.ach")) {
            String family = module.substring(0, 3);
            assertEquals(chosen.contains(family) ? "active" : "absent", states.get(module), module);
        }
    }

    private static void absent(HmsClient client, boolean present, String path, String module)
            throws IOException, InterruptedException {
        HmsClient.Answer answer = client.send("GET", path, null);
        if (present) {
            assertTrue(answer.ok(), path + " answers " + answer.json());
        } else {
            assertEquals(503, answer.status(), path);
            assertEquals("MODULE_ABSENT", answer.json().path("reason").asText());
            assertTrue(
                    answer.json().path("message").asText().contains(module),
                    answer.json().toString());
            assertTrue(answer.headers().get("retry-after") == null, "waiting does not help");
        }
    }

    private static void assertOrders(Server server, Set<String> chosen) throws IOException, InterruptedException {
        Server.Investor investor = server.investor("combination", chosen.contains("mfe") ? "10000.00" : "");
        HmsClient client = server.as(investor);
        assertEquals("ACTIVE", client.get("/v2/account").path("status").asText(), "reading goes on");
        HmsClient.Answer answer = client.send(
                "POST",
                "/v2/orders",
                Map.of("symbol", "IBM", "qty", "1", "side", "buy", "type", "market", "time_in_force", "day"));
        String said = answer.json().toString();
        if (!chosen.contains("mkt")) {
            assertEquals(503, answer.status(), said);
            assertTrue(said.contains("MODULE_ABSENT: mkt.data"), said);
        } else if (!chosen.contains("mfe")) {
            assertEquals(503, answer.status(), said);
            assertTrue(said.contains("MODULE_ABSENT: mfe.exec"), said);
        } else if (!chosen.contains("gov")) {
            assertEquals(403, answer.status(), said);
            assertEquals("GOV_CHECK_MISSING", answer.json().path("reason").asText());
            assertTrue(said.contains("gov."), said);
        } else {
            assertEquals(200, answer.status(), said);
        }
    }
}
