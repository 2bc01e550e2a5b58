package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.itest.pax.VersionedJar;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bundle that replaces all others is replaced itself, while orders flow and operators ask. */
@Timeout(300)
class OpsSwapIT {
    private static final String OPS = "org.hmsach.ops";
    private static final String MODULES = "/admin/v1/modules";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends orders and asks for modules until closed; remembers each answer that is none of those wanted. */
    private static final class Flow implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger answers = new AtomicInteger();
        private final Set<String> orders = new HashSet<>();
        private final List<String> wrong = new ArrayList<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(2);
        private final List<Future<Void>> work = new ArrayList<>();

        Flow(HmsClient investor, HmsClient operator) {
            work.add(threads.submit(until(() -> {
                HmsClient.Answer answer = investor.send("POST", "/v2/orders", order());
                if (answer.ok()) {
                    orders.add(answer.json().path("id").asText());
                }
                return answer;
            })));
            work.add(threads.submit(until(() -> operator.send("GET", MODULES, null))));
        }

        private Callable<Void> until(Callable<HmsClient.Answer> asked) {
            return () -> {
                while (!ended.get()) {
                    HmsClient.Answer answer = asked.call();
                    answers.incrementAndGet();
                    if (!answer.ok()) {
                        synchronized (wrong) {
                            wrong.add(answer.status() + " " + answer.json());
                        }
                    }
                    LockSupport.parkNanos(5_000_000);
                }
                return null;
            };
        }

        private static Map<String, Object> order() {
            return Map.of(
                    "symbol",
                    "IBM",
                    "qty",
                    "1",
                    "side",
                    "buy",
                    "type",
                    "limit",
                    "limit_price",
                    "1.00",
                    "time_in_force",
                    "ioc",
                    "client_order_id",
                    UUID.randomUUID().toString());
        }

        @Override
        public void close() throws Exception {
            ended.set(true);
            threads.shutdown();
            for (Future<Void> one : work) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static Path version(String version, Path folder, Map<String, String> headers) throws IOException {
        Path shipped = Home.only(
                Home.distribution().resolve("repo/org/hmsach/org.hmsach.ops/0.1.0-SNAPSHOT"), "org.hmsach.ops-");
        try (InputStream jar = Files.newInputStream(shipped)) {
            return VersionedJar.of(jar, version, folder, headers);
        }
    }

    @Test
    void opsReplacesItselfAndGoesBackFromABadVersionUnderFlow() throws Exception {
        try (Server server = Server.start("core,gov,mkt,mfe,console", "hms.market.session=open")) {
            HmsClient operator = server.operator();
            HmsClient investor = server.as(server.investor("steady", "10000000.00"));
            operator.put(
                    "/gov/v1/limits",
                    Map.of("maxOrdersPerWindow", 1_000_000, "windowMs", 1_000, "duplicateWindowMs", 0));
            Path folder = server.data().resolve("tmp");
            Path unsigned = version("1.1.0", folder, Map.of());
            HmsClient.Answer untrusted = operator.upload(MODULES + "?why=upgrade", unsigned);
            assertEquals(422, untrusted.status(), untrusted.json().toString());
            assertTrue(
                    untrusted.json().toString().contains("not trusted"),
                    untrusted.json().toString());
            ThrowawayKey key = ThrowawayKey.make("House");
            new SignerStore(server.data().resolve("conf/trust"))
                    .add(new Signer("house", Set.of("*"), Set.of("org.hmsach.*")), key.certificate());
            Flow flow = new Flow(investor, operator);
            try (flow) {
                replaced(operator, signed(key, unsigned), "1.1.0");
                replaced(operator, signed(key, version("1.2.0", folder, Map.of())), "1.2.0");
                Path bad = version("2.0.0", folder, Map.of("Bundle-Activator", "not.There"));
                HmsClient.Answer refused = operator.upload(MODULES + "?why=bad", signed(key, bad));
                assertEquals(422, refused.status(), refused.json().toString());
                assertEquals("1.2.0", row(operator, OPS).path("version").asText());
                comesBackWhenRecalled(operator, signed(key, version("1.3.0", folder, Map.of())));
                replacesOthers(operator, key, folder);
                assertEquals(200, console(server), "the Web Console lets operators in");
            }
            for (String id : flow.orders) {
                investor.get("/v2/orders/" + id);
            }
            assertTrue(flow.orders.size() > 50, "too few orders to prove anything: " + flow.orders.size());
            System.out.printf(
                    "ops replaced twice, refused once, taken back once: %d orders, %d answers, none other than 2xx%n",
                    flow.orders.size(), flow.answers.get());
        }
    }

    private static Path signed(ThrowawayKey key, Path jar) throws IOException, InterruptedException {
        Path signed = jar.resolveSibling("signed-" + jar.getFileName());
        key.sign(jar, signed);
        return signed;
    }

    private static void replaced(HmsClient operator, Path jar, String version) throws Exception {
        HmsClient.Answer begun = operator.upload(MODULES + "?why=upgrade&watchMs=1500", jar);
        assertEquals(200, begun.status(), begun.json().toString());
        JsonNode end = end(operator, begun);
        assertEquals("DONE", end.path("phase").asText(), end.toString());
        assertEquals(version, end.path("to").path("version").asText());
        assertTrue(end.path("measured").has("switchMicros"), end.toString());
        JsonNode row = row(operator, OPS);
        assertEquals(version, row.path("version").asText(), row.toString());
        assertEquals(end.path("to").path("digest").asText(), row.path("digest").asText());
        assertEquals("house", row.path("signer").asText());
        assertEquals("active", row.path("state").asText());
        assertEquals("", row.path("drift").asText(), row.toString());
        System.out.println("ops " + version + ": " + end.path("measured"));
    }

    /** While the operation runs others are told to come again, in whichever version answers. */
    private static void comesBackWhenRecalled(HmsClient operator, Path jar) throws Exception {
        HmsClient.Answer begun = operator.upload(MODULES + "?why=upgrade&watchMs=60000", jar);
        assertEquals(200, begun.status(), begun.json().toString());
        String operation = operation(begun);
        Server.await(
                "the probation",
                30,
                () -> operator.get(operation).path("phase").asText().equals("WATCH"));
        HmsClient.Answer busy = operator.upload(MODULES + "/preview", jar);
        assertEquals(503, busy.status(), busy.json().toString());
        assertTrue(busy.headers().containsKey("retry-after"), busy.headers().toString());
        HmsClient.Answer backup = operator.send("POST", "/admin/v1/backups", Map.of("name", "meanwhile"));
        assertEquals(503, backup.status(), backup.json().toString());
        operator.post(MODULES + "/" + OPS + "/rollback", Map.of("why", "it was better"));
        JsonNode end = end(operator, begun);
        assertEquals("ROLLED_BACK", end.path("phase").asText(), end.toString());
        assertEquals("1.2.0", row(operator, OPS).path("version").asText());
    }

    private static void replacesOthers(HmsClient operator, ThrowawayKey key, Path folder) throws Exception {
        Path shipped = Home.only(
                Home.distribution().resolve("repo/org/hmsach/org.hmsach.gov.checks/0.1.0-SNAPSHOT"),
                "org.hmsach.gov.checks-");
        Path next;
        try (InputStream jar = Files.newInputStream(shipped)) {
            next = VersionedJar.of(jar, "1.0.1", Files.createDirectories(folder.resolve("checks")));
        }
        HmsClient.Answer begun = operator.upload(MODULES + "?why=upgrade&watchMs=200", signed(key, next));
        assertEquals(200, begun.status(), begun.json().toString());
        assertEquals("DONE", end(operator, begun).path("phase").asText());
        Set<String> seen = new HashSet<>();
        operator.get(MODULES + "/operations")
                .forEach(one -> assertTrue(seen.add(one.path("id").asText()), "twice in the trail: " + one));
        assertEquals(5, seen.size(), seen.toString());
    }

    private static String operation(HmsClient.Answer begun) {
        return MODULES + "/operations/"
                + begun.json().path("operation").path("id").asText();
    }

    /** As a client follows it: step by step, never told that it is not there. */
    private static JsonNode end(HmsClient operator, HmsClient.Answer begun) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        JsonNode now = operator.get(operation(begun));
        while (!now.path("phase").asText().matches("DONE|REFUSED|ROLLED_BACK|FAILED")) {
            assertTrue(System.nanoTime() < end, now.toString());
            now = operator.get(
                    operation(begun) + "?waitMs=2000&steps=" + now.path("steps").size());
        }
        return now;
    }

    private static JsonNode row(HmsClient operator, String name) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : operator.get(MODULES)) {
            if (row.path("symbolicName").asText().equals(name)) {
                rows.add(row);
            }
        }
        assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    private static int console(Server server) throws Exception {
        String pair = server.operatorLogin() + ":" + server.operatorPassword();
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/system/console/hms-modules/data/modules"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            assertTrue(JSON.readTree(answer.body()).path("modules").size() > 5, answer.body());
        }
        return answer.statusCode();
    }
}
