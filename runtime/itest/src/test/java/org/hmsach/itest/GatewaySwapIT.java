package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.itest.pax.VersionedJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module that carries every request is replaced: none is refused, and streams go on behind what they have seen. */
class GatewaySwapIT {
    private static final String NAME = "org.hmsach.gateway";

    @TempDir
    private Path folder;

    @Test
    void answersAllAndHandsStreamsOverByTheirCursor() throws Exception {
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open", "hms.trust=off")) {
            HmsClient operator = server.operator();
            Server.Investor investor = server.investor("streamer", "1000000.00");
            try (ResumedStream stream = new ResumedStream(server.url(), investor)) {
                Server.await("the stream", 60, stream::listens);
                Orders orders = new Orders(server.as(investor));
                orders.start();
                JsonNode swapped = ended(operator, update(operator, "1.0.1"));
                assertEquals("DONE", swapped.path("phase").asText(), swapped.toString());
                assertEquals("1.0.1", version(operator));
                JsonNode back = ended(operator, operator.post("/admin/v1/modules/" + NAME + "/rollback", Map.of()));
                assertEquals("DONE", back.path("phase").asText(), back.toString());
                assertFalse(version(operator).equals("1.0.1"));
                Server.await("orders after the swaps", 60, () -> orders.placed.size() > 10);
                orders.end();
                for (String order : orders.placed) {
                    Server.await("the end of " + order, 60, () -> stream.count(order, "canceled") > 0);
                    assertEquals(1, stream.count(order, "new"), "told of " + order);
                    assertEquals(1, stream.count(order, "canceled"), "told of " + order);
                }
                assertEquals(List.of(1013, 1013), stream.closes(), "told to come again, once for each swap");
            }
        }
    }

    /** One order after the other that goes to the venue and comes back: ioc below the market. */
    private static final class Orders {
        final List<String> placed = new CopyOnWriteArrayList<>();
        private final HmsClient client;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread = new Thread(this::place, "itest-orders");
        private volatile String refused = "";

        Orders(HmsClient client) {
            this.client = client;
        }

        void start() {
            thread.start();
        }

        private void place() {
            try {
                while (!ended.get() && refused.isEmpty()) {
                    HmsClient.Answer answer = client.send(
                            "POST",
                            "/v2/orders",
                            Map.of(
                                    "symbol", "IBM",
                                    "qty", "1",
                                    "side", "buy",
                                    "type", "limit",
                                    "limit_price", "1.00",
                                    "time_in_force", "ioc"));
                    if (answer.ok()) {
                        placed.add(answer.json().path("id").asText());
                    } else {
                        refused = answer.status() + " " + answer.json();
                    }
                }
            } catch (IOException e) {
                refused = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() throws InterruptedException {
            ended.set(true);
            thread.join();
            assertEquals("", refused, "an order was not answered while the gateway was replaced");
        }
    }

    private JsonNode update(HmsClient operator, String version) throws IOException, InterruptedException {
        Path jar = VersionedJar.of(shipped(), version, folder);
        HmsClient.Answer answer = operator.upload("/admin/v1/modules?why=trial&watchMs=500", jar);
        assertEquals(200, answer.status(), answer.json().toString());
        return answer.json().path("operation");
    }

    private static InputStream shipped() throws IOException {
        Path repo = Home.distribution().resolve("repo/org/hmsach").resolve(NAME);
        try (Stream<Path> versions = Files.list(repo)) {
            return Files.newInputStream(
                    Home.only(versions.filter(Files::isDirectory).findFirst().orElseThrow(), NAME));
        }
    }

    private static JsonNode ended(HmsClient operator, JsonNode operation) throws IOException, InterruptedException {
        String path = "/admin/v1/modules/operations/" + operation.path("id").asText();
        Server.await(
                "the end of the operation",
                120,
                () -> operator.get(path).path("phase").asText().matches("DONE|REFUSED|ROLLED_BACK|FAILED"));
        return operator.get(path);
    }

    private static String version(HmsClient operator) throws IOException, InterruptedException {
        for (JsonNode row : operator.get("/admin/v1/modules")) {
            if (row.path("symbolicName").asText().equals(NAME)) {
                return row.path("version").asText();
            }
        }
        throw new IllegalStateException("no module " + NAME);
    }
}
