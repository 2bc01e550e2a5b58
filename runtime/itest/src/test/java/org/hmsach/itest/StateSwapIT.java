package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;
import org.junit.jupiter.api.Test;

/**
 * identity, whose people are in SQL, is replaced by a version with one more script while orders are placed and sessions
 * ask: the script runs before callers move, and the version before works on what it left.
 */
class StateSwapIT {
    private static final String MODULE = "org.hmsach.identity";
    private static final String MODULES = "/admin/v1/modules";
    private static final String SHIPPED = "form:Long=1;downgradeTo:Long=0";
    private static final String NEXT = "form:Long=2;upgradeFrom:Long=1;downgradeTo:Long=1";
    private static final String SCRIPT = "V2__nickname.sql";
    private static final String SQL = "alter table identity_person add column nickname varchar(64);";

    @Test
    void runsScriptsBeforeCallersMoveAndGoesBack() throws Exception {
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open", "hms.trust=off")) {
            HmsClient operator = server.operator();
            JsonNode record;
            try (Flow flow = new Flow(server, server.investor("mover", "10000000.00"))) {
                flow.awaitMore("at first");
                refuses(operator, version(server, "9.0.0", "alter tabel identity_person;"));
                flow.awaitMore("after a script that failed");

                record = replaces(operator, version(server, "9.1.0", SQL));
                flow.awaitMore("on the newer version");

                JsonNode asked = operator.post(MODULES + "/" + MODULE + "/rollback", Map.of("why", "as an exercise"));
                JsonNode back = ended(operator, asked);
                assertEquals("DONE", back.path("phase").asText(), back.toString());
                assertEquals(record.path("from"), back.path("to"));
                flow.awaitMore("on the version before");
                assertEquals(List.of(), flow.failures());
            }
            Server.Investor later = server.investor("later", "");
            server.nobody().login(later.login(), later.password());
            server.kill();
            ranBefore(server, at(record, "SWITCH"));
        }
    }

    private static void refuses(HmsClient operator, Path jar) throws IOException, InterruptedException {
        HmsClient.Answer refused = operator.upload(MODULES + "?why=broken&watchMs=500", jar);
        assertEquals(422, refused.status(), refused.json().toString());
        String message = refused.json().path("message").asText();
        assertTrue(message.contains(SCRIPT) && message.contains("serves as before"), message);
    }

    private static JsonNode replaces(HmsClient operator, Path jar) throws IOException, InterruptedException {
        JsonNode preview = operator.upload(MODULES + "/preview", jar).json();
        assertEquals("", preview.path("refusal").asText(), preview.toString());
        assertEquals("[\"" + SCRIPT + "\"]", preview.path("migrations").toString());
        assertEquals(
                "{\"from\":1,\"to\":2,\"upgradeFrom\":1,\"downgradeTo\":1}",
                preview.path("state").toString());
        HmsClient.Answer moved = operator.upload(MODULES + "?why=nicknames&watchMs=500", jar);
        assertEquals(200, moved.status(), moved.json().toString());
        JsonNode record = ended(operator, moved.json().path("operation"));
        assertEquals("DONE", record.path("phase").asText(), record.toString());
        assertTrue(step(record, "TRANSFORM").path("detail").asText().contains(SCRIPT), record.toString());
        assertTrue(record.path("measured").has("transformMillis"), record.toString());
        System.out.println(MODULE + " replaced: " + record.path("measured"));
        return record;
    }

    /** The history table says that the script ran, and that it ran before callers moved. */
    private static void ranBefore(Server server, long switchedMs) throws Exception {
        String url = "jdbc:h2:file:" + server.data().resolve("store/hms").toAbsolutePath();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select \"installed_on\", \"success\" from \"flyway_identity\" where \"version\" = '2'")) {
            assertTrue(row.next(), "the script is in the history");
            assertTrue(row.getBoolean(2));
            long ran = row.getTimestamp(1).getTime();
            assertTrue(ran <= switchedMs, "the script ran at " + ran + ", callers moved at " + switchedMs);
            assertFalse(row.next(), "once");
        }
    }

    private static JsonNode ended(HmsClient operator, JsonNode record) throws IOException, InterruptedException {
        String path = MODULES + "/operations/" + record.path("id").asText();
        Server.await(
                "the end of " + record,
                60,
                () -> operator.get(path).path("phase").asText().matches("DONE|REFUSED|ROLLED_BACK|FAILED"));
        return operator.get(path);
    }

    private static JsonNode step(JsonNode record, String phase) {
        for (JsonNode step : record.path("steps")) {
            if (step.path("phase").asText().equals(phase)) {
                return step;
            }
        }
        throw new AssertionError("no step " + phase + " in " + record);
    }

    private static long at(JsonNode record, String phase) {
        return step(record, phase).path("atMs").asLong();
    }

    /** What ships, under another version, with another form of its state and one more script. */
    private static Path version(Server server, String version, String sql) throws IOException {
        Path jar = server.data().resolve("tmp").resolve("identity-" + version + ".jar");
        Files.createDirectories(jar.getParent());
        try (JarInputStream in = new JarInputStream(Files.newInputStream(shipped()))) {
            Manifest manifest = in.getManifest();
            String provides = manifest.getMainAttributes().getValue("Provide-Capability");
            assertTrue(provides.contains(SHIPPED), provides);
            manifest.getMainAttributes().putValue("Provide-Capability", provides.replace(SHIPPED, NEXT));
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream bytes = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
                out.putNextEntry(new JarEntry("db/migration/" + SCRIPT));
                out.write(sql.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static Path shipped() throws IOException {
        try (Stream<Path> files = Files.walk(Home.distribution().resolve("repo"))) {
            return files.filter(file -> file.getFileName().toString().matches(MODULE + "-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
