package org.hmsach.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;

/** A server with the demo organisation, in a process and a data folder of its own. */
final class DemoServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path home;
    private final Path data;
    private final Process process;
    private final URI url;
    private final JsonNode operator;
    private final JsonNode investor;
    private final HttpClient http = HttpClient.newHttpClient();
    private String[] session = {};
    private HmsClient loggedIn;

    private DemoServer(Path home, Path data, Process process, JsonNode told) {
        this.home = home;
        this.data = data;
        this.process = process;
        this.url = URI.create(told.path("url").asText());
        this.operator = told.path("operator");
        this.investor = told.path("investors").path(0);
    }

    /**
     * Starts it and lifts the limits on orders.
     *
     * @param configurations single keys by PID, laid over those of the distribution
     */
    static DemoServer start(Path home, Map<String, Map<String, Object>> configurations)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hms-swap");
        Path conf = Files.createDirectory(data.resolve("conf"));
        for (Map.Entry<String, Map<String, Object>> one : configurations.entrySet()) {
            JSON.writeValue(conf.resolve(one.getKey() + ".json").toFile(), one.getValue());
        }
        Process process = new ProcessBuilder(
                        home.resolve("bin/hms").toString(),
                        "demo",
                        "--json",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "-Dhms.trust=off") // the versions to be swapped are made here, by nobody
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("{")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended without being ready");
        }
        DemoServer server = new DemoServer(home, data, process, JSON.readTree(line));
        server.operator()
                .put(
                        "/gov/v1/limits",
                        Map.of(
                                "maxOrderNotional", "1000000",
                                "maxOrderQty", "1000000",
                                "maxOpenOrders", 1_000_000,
                                "maxOrdersPerWindow", 1_000_000_000,
                                "windowMs", 1_000,
                                "duplicateWindowMs", 0));
        return server;
    }

    /** The investor's order. @param body JSON */
    HttpRequest.Builder order(String body) {
        return HttpRequest.newBuilder(url.resolve("/v2/orders"))
                .header("Content-Type", "application/json")
                .header("APCA-API-KEY-ID", text(investor, "keyId"))
                .header("APCA-API-SECRET-KEY", text(investor, "secretKey"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Where its data lie. */
    Path data() {
        return data;
    }

    HmsClient investor() {
        return new HmsClient(url).withKey(text(investor, "keyId"), text(investor, "secretKey"));
    }

    /** Logged in once: to check a password takes the server's processors a fifth of a second, also beside a swap. */
    synchronized HmsClient operator() throws IOException, InterruptedException {
        if (loggedIn == null) {
            loggedIn = new HmsClient(url).login(text(operator, "login"), text(operator, "password"));
        }
        return loggedIn;
    }

    /** Sends a jar to be swapped in. @return the operation, or the refusal */
    JsonNode update(byte[] jar, long watchMs) throws IOException, InterruptedException {
        return admin("/admin/v1/modules?why=bench&watchMs=" + watchMs, "application/octet-stream", jar);
    }

    /** The operation when it has ended. */
    JsonNode ended(HmsClient client, String operation) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode now = client.get("/admin/v1/modules/operations/" + operation);
        while (!now.path("phase").asText().matches("DONE|REFUSED|ROLLED_BACK|FAILED")) {
            if (System.nanoTime() > end) {
                throw new IOException("no end of " + now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            now = client.get("/admin/v1/modules/operations/" + operation);
        }
        return now;
    }

    /** Has its JVM collect, versions of modules that went included. */
    void collect() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (ProcessHandle one : (Iterable<ProcessHandle>)
                Stream.concat(Stream.of(process.toHandle()), process.descendants())::iterator) {
            if (one.info().command().orElse("").endsWith("java")) {
                Process asked = new ProcessBuilder(jcmd, Long.toString(one.pid()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (asked.waitFor() != 0) {
                    throw new IOException("process " + one.pid() + " does not collect");
                }
            }
        }
    }

    private JsonNode admin(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .headers(session())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private synchronized String[] session() throws IOException, InterruptedException {
        if (session.length == 0) {
            HmsClient.Answer answer = new HmsClient(url)
                    .send(
                            "POST",
                            "/auth/v1/login",
                            Map.of("login", text(operator, "login"), "password", text(operator, "password")));
            String cookie = answer.headers().getOrDefault("set-cookie", "").replaceFirst(";.*", "");
            session = new String[] {
                "Cookie",
                cookie,
                "X-CSRF-Token",
                answer.json().path("csrfToken").asText()
            };
        }
        return session.clone();
    }

    /** The plain way: a form of the Web Console. */
    int console(String path, String type, byte[] body) throws IOException, InterruptedException {
        String pair = text(operator, "login") + ":" + text(operator, "password");
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/system/console/" + path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** The whole tape as JSON lines. */
    Path tape() throws IOException, InterruptedException {
        Path file = data.resolve("bench-tape.jsonl");
        Process export = new ProcessBuilder(
                        home.resolve("bin/hms").toString(), "tape", "export", data.toString(), "--out", file.toString())
                .inheritIO()
                .start();
        if (export.waitFor() != 0) {
            throw new IOException("the tape was not exported");
        }
        return file;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
