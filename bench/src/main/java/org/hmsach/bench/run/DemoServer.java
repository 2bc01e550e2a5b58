package org.hmsach.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;

/** The distribution as a process of its own, with the demo organisation and without limits on orders. */
public final class DemoServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Process process;
    private final JsonNode demo;
    private final HmsClient nobody;

    /** @param configurations single keys by PID, laid over those of the distribution */
    public DemoServer(Path home, Map<String, Map<String, Object>> configurations)
            throws IOException, InterruptedException {
        data = Files.createTempDirectory("hms-bench");
        Path conf = Files.createDirectories(data.resolve("conf"));
        for (Map.Entry<String, Map<String, Object>> one : configurations.entrySet()) {
            JSON.writeValue(conf.resolve(one.getKey() + ".json").toFile(), one.getValue());
        }
        String script = home.resolve("bin/hms").toString();
        process = new ProcessBuilder(List.of(script, "demo", "--json", "--port", "0", "--data", data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        demo = JSON.readTree(firstJson(process.inputReader()));
        nobody = new HmsClient(url());
        operator()
                .put(
                        "/gov/v1/limits",
                        Map.of(
                                "maxOrderNotional", "1000000",
                                "maxOrderQty", "1000000",
                                "maxOpenOrders", 1_000_000,
                                "maxOrdersPerWindow", 1_000_000_000,
                                "windowMs", 1_000,
                                "duplicateWindowMs", 0));
    }

    private static String firstJson(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("{")) {
                return line;
            }
        }
        throw new IOException("the server ended without being ready");
    }

    public URI url() {
        return URI.create(demo.path("url").asText());
    }

    /** Its data folder. */
    public Path data() {
        return data;
    }

    /** An investor, by place in the demo organisation, wherever the server listens now. */
    public HmsClient investor(int place, URI url) {
        JsonNode investor = demo.path("investors").path(place);
        return new HmsClient(url)
                .withKey(
                        investor.path("keyId").asText(),
                        investor.path("secretKey").asText());
    }

    /** An investor's account, by place in the demo organisation. */
    public String account(int place) {
        return demo.path("investors").path(place).path("account").asText();
    }

    /** The id of the first investor's API key. */
    public String keyId() {
        return investor().path("keyId").asText();
    }

    /** Its secret. */
    public String secretKey() {
        return investor().path("secretKey").asText();
    }

    /** The first investor's account. */
    public String account() {
        return investor().path("account").asText();
    }

    /** The first investor. */
    public HmsClient client() {
        return nobody.withKey(keyId(), secretKey());
    }

    /** The second investor. */
    public HmsClient other() {
        JsonNode other = demo.path("investors").path(1);
        return nobody.withKey(
                other.path("keyId").asText(), other.path("secretKey").asText());
    }

    /** The operator. */
    public HmsClient operator() throws IOException, InterruptedException {
        JsonNode operator = demo.path("operator");
        return nobody.login(
                operator.path("login").asText(), operator.path("password").asText());
    }

    private JsonNode investor() {
        return demo.path("investors").path(0);
    }

    /** The server's own process. */
    public long pid() {
        return demo.path("pid").asLong();
    }

    /** Processor time that the server has used so far. */
    public long cpuNanos() {
        return cpuNanos(pid());
    }

    /** Processor time that a process has used so far. */
    public static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    }

    /** Ends it and keeps its data. */
    public void stop() {
        Optional<ProcessHandle> server = ProcessHandle.of(pid());
        process.destroy();
        process.onExit().join();
        server.ifPresent(handle -> handle.onExit().join());
    }

    /** Ends it and removes its data. */
    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
