package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hmsach.cli.http.HmsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of an operator's evidence with the shipped commands: a backup under load, the server killed, the backup
 * restored, verified and started; its tape exported, verified by the stand-alone jar, tampered with; its read models
 * made anew. One server after the other, in this order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 120;
    private static final Path HOME = Home.distribution();

    @TempDir
    static Path folder;

    private static Server server;
    private static Server.Investor alice;
    private static String password;
    private static final List<String> PLACED = new ArrayList<>();
    private static JsonNode taken;

    @BeforeAll
    static void startAServer() throws Exception {
        server = Server.start("core,gov,mkt,mfe", "hms.market.session=open");
        password = server.operatorPassword();
        alice = server.investor("alice", "100000.00");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        hms(0, "stop", "--data", restored().toString());
    }

    private static Path restored() {
        return folder.resolve("restored");
    }

    private static Path backup() {
        return folder.resolve("backup");
    }

    @Test
    @Order(1)
    void backsUpUnderLoadWithoutStoppingOrders() throws Exception {
        HmsClient client = server.as(alice);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> place(client, enough));
        taken = JSON.readTree(
                hms(0, "backup", "--data", server.data().toString(), "--out", backup().toString(), "--json"));
        enough.set(true);
        int placed = load.get();
        assertTrue(taken.path("checked").asBoolean(), taken.toString());
        HmsClient.Answer now = server.operator().send("GET", "/admin/v1/core", null);
        assertTrue(now.json().path("entry").asLong() > taken.path("entry").asLong(), "orders went on: " + now.json());
        assertEquals(placed, PLACED.size(), "every order was acknowledged");
        assertEquals("rwx------ rw-------", modes(backup()) + " " + modes(backup().resolve("data/store/hms.mv.db")));
    }

    @Test
    @Order(2)
    void letsOnlyAdministratorsAskAndTakesNoPaths() throws Exception {
        Map<String, String> plain = Map.of("name", "plain");
        assertEquals(
                401, server.nobody().send("POST", "/admin/v1/backups", plain).status());
        HmsClient investor = server.nobody().login(alice.login(), alice.password());
        assertEquals(403, investor.send("POST", "/admin/v1/backups", plain).status());
        assertEquals(403, investor.send("GET", "/admin/v1/backups", null).status());
        assertEquals(
                403,
                investor.send("POST", "/admin/v1/read-models/rebuild", Map.of()).status());
        HmsClient operator = server.operator();
        for (String name : List.of("../evil", "/tmp/evil", ".hidden", "a/b", "", "x".repeat(65))) {
            HmsClient.Answer refused = operator.send("POST", "/admin/v1/backups", Map.of("name", name));
            assertEquals(422, refused.status(), name);
        }
        assertEquals(404, operator.send("GET", "/admin/v1/backups/absent", null).status());
    }

    @Test
    @Order(2)
    void refusesBackupsThatAreNotWhatWasTaken() throws Exception {
        Path bad = folder.resolve("bad");
        copy(backup(), bad);
        Path segment = bad.resolve("data/core/archive/0-0.rec");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        String why = hms(
                1, "restore", bad.toString(), "--data", folder.resolve("never").toString());
        assertTrue(why.contains("data/core/archive/0-0.rec is not what was backed up"), why);
        assertFalse(Files.exists(folder.resolve("never")));
        assertTrue(hms(1, "verify", bad.toString()).contains("PROBLEM: data/core/archive/0-0.rec"));
        Path manifest = bad.resolve("backup.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 2"));
        why = hms(
                1, "restore", bad.toString(), "--data", folder.resolve("never").toString());
        assertTrue(why.contains("this hms reads format 1"), why);
        why = hms(1, "restore", backup().toString(), "--data", bad.toString());
        assertTrue(why.contains("is not empty"), why);
    }

    @Test
    @Order(3)
    void restoresAfterAKillAndGoesOn() throws Exception {
        server.kill();
        hms(0, "restore", backup().toString(), "--data", restored().toString());
        JsonNode held = JSON.readTree(hms(0, "verify", restored().toString(), "--json"));
        for (String figure : List.of("stateHash", "chainHash")) {
            assertEquals(taken.path(figure), held.path(figure), figure);
        }
        assertEquals(taken.path("entry"), held.path("entries"));
        Patience.in(restored());
        JsonNode started = JSON.readTree(
                hms(0, "start", "--data", restored().toString(), "--port", "0", "-Dhms.market.session=open", "--json"));
        HmsClient nobody = new HmsClient(URI.create(started.path("url").asText()));
        JsonNode core = nobody.login("operator", password).get("/admin/v1/core");
        assertTrue(core.path("tapeNumber").asLong() >= taken.path("event").asLong(), core.toString());
        nobody.login(alice.login(), alice.password());
        HmsClient client = nobody.withKey(alice.keyId(), alice.secretKey());
        int before = 0;
        for (String id : PLACED) {
            before += found(client, id) ? 1 : 0;
        }
        assertTrue(before > 0 && before < PLACED.size(), before + " of " + PLACED.size() + " orders are in it");
        for (int i = 0; i < PLACED.size(); i++) {
            assertEquals(i < before, found(client, PLACED.get(i)), "what was first is there, what came later is not");
        }
        assertEquals(200, send(client, PLACED.get(0)).status(), "an order that is there is not placed twice");
        assertEquals(200, send(client, PLACED.get(before)).status(), "one that was lost is placed by sending it again");
        assertTrue(found(client, PLACED.get(before)));
    }

    @Test
    @Order(4)
    void makesTheSameHistoryAnew() throws Exception {
        JsonNode run = JSON.readTree(restored().resolve("run.json").toFile());
        HmsClient client =
                new HmsClient(URI.create(run.path("url").asText())).withKey(alice.keyId(), alice.secretKey());
        JsonNode orders = whole(client, "/v2/orders?status=all&limit=500");
        JsonNode activities = whole(client, "/v2/account/activities");
        JsonNode result = JSON.readTree(hms(0, "rebuild", "--data", restored().toString(), "--json"));
        assertTrue(result.path("events").asLong() > taken.path("event").asLong(), result.toString());
        assertEquals(orders, whole(client, "/v2/orders?status=all&limit=500"));
        assertEquals(activities, whole(client, "/v2/account/activities"));
        assertEquals(1, activities.size(), "the deposit");
    }

    @Test
    @Order(5)
    void exportsTheTapeForStrangersToVerify() throws Exception {
        hms(0, "stop", "--data", restored().toString());
        String data = restored().toString();
        Path tape = folder.resolve("tape.jsonl");
        hms(0, "tape", "export", data, "--to", "20", "--out", tape.toString());
        Files.writeString(tape, "{\"number\":21,\"half", StandardOpenOption.APPEND);
        hms(0, "tape", "export", data, "--out", tape.toString());
        List<String> lines = Files.readAllLines(tape);
        assertTrue(verifier(0, tape).contains("events " + lines.size()));
        hms(0, "tape", "check", tape.toString());
        String other = hms(1, "tape", "export", server.data().toString(), "--out", tape.toString());
        assertTrue(other.contains("another tape"), other);
        lines.set(29, lines.get(29).replaceFirst("\"payload\":\"..", "\"payload\":\"AA"));
        Path tampered = Files.write(folder.resolve("tampered.jsonl"), lines);
        assertTrue(verifier(1, tampered).contains("tampered.jsonl line 30 event 30"));
    }

    /** Places orders, far from the market, until it is enough; each is acknowledged before the next is sent. */
    private static int place(HmsClient client, AtomicBoolean enough) {
        int placed = 0;
        try {
            do {
                String id = "order-" + placed++;
                assertEquals(200, send(client, id).status());
                PLACED.add(id);
            } while (!enough.get());
            return placed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the read models say as soon as they lack nothing. */
    private static JsonNode whole(HmsClient client, String path) throws IOException, InterruptedException {
        AtomicReference<HmsClient.Answer> answer = new AtomicReference<>();
        Server.await(path + " with nothing behind", 60, () -> {
            answer.set(client.send("GET", path, null));
            return answer.get().ok() && !answer.get().headers().containsKey("hms-tape-behind");
        });
        return answer.get().json();
    }

    private static HmsClient.Answer send(HmsClient client, String id) throws IOException, InterruptedException {
        return client.send(
                "POST",
                "/v2/orders",
                Map.of(
                        "symbol", "IBM",
                        "qty", "1",
                        "side", "buy",
                        "type", "limit",
                        "limit_price", "1",
                        "time_in_force", "day",
                        "client_order_id", id));
    }

    private static boolean found(HmsClient client, String id) throws IOException, InterruptedException {
        return client.send("GET", "/v2/orders:by_client_order_id?client_order_id=" + id, null)
                .ok();
    }

    private static String hms(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/hms").toString()));
        command.addAll(List.of(arguments));
        Tool.Result result = Tool.run(folder, Map.of("HMS_PASSWORD", password), SECONDS, command);
        assertEquals(expected, result.status(), command + "\n" + result.output());
        // messages come first, a result in JSON is the last line
        String output = result.output().strip();
        return expected == 0 ? output.substring(output.lastIndexOf('\n') + 1) : output;
    }

    private static String verifier(int expected, Path tape) throws IOException, InterruptedException {
        Path jar = HOME.resolve("tools/hms-tape-verifier.jar");
        Tool.Result result =
                Tool.run(folder, Map.of(), SECONDS, List.of("java", "-jar", jar.toString(), tape.toString()));
        assertEquals(expected, result.status(), result.output());
        return result.output();
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
