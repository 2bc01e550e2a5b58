package org.hmsach.bench.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.hmsach.cli.http.HmsClient;

/**
 * Orders over HTTP, acknowledged after fsync, beside bare Jetty and bare CXF that answer the same bytes without doing
 * anything; one load generator, in turn, nine rounds after a warm-up, medians.
 */
public final class HttpBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM_UP = 2;

    private final int rounds;
    private final long millis;
    private final List<Process> processes = new ArrayList<>();

    private HttpBench(int rounds, long millis) {
        this.rounds = rounds;
        this.millis = millis;
    }

    /** @param args home of the distribution, rounds (9), milliseconds a round (3000), connections (1 8 32 128) */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        long millis = args.length > 2 ? Long.parseLong(args[2]) : 3_000;
        int[] connections = args.length > 3
                ? Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 8, 32, 128};
        HttpBench bench = new HttpBench(rounds, millis);
        try {
            bench.run(Path.of(args[0]), connections);
        } finally {
            bench.processes.forEach(Process::destroy);
        }
    }

    private void run(Path home, int[] connections) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hms-bench");
        JsonNode demo = JSON.readTree(start(
                line -> line.startsWith("{"),
                home.resolve("bin/hms").toString(),
                "demo",
                "--json",
                "--port",
                "0",
                "--data",
                data.toString()));
        URI hms = URI.create(demo.path("url").asText());
        JsonNode investor = demo.path("investors").path(0);
        HmsClient client = new HmsClient(hms).withKey(text(investor, "keyId"), text(investor, "secretKey"));
        liftLimits(new HmsClient(hms)
                .login(text(demo.path("operator"), "login"), text(demo.path("operator"), "password")));
        Map<String, Object> order = order(client);
        JsonNode answer = client.post("/v2/orders", order);
        String key = "APCA-API-KEY-ID: " + text(investor, "keyId") + "\r\nAPCA-API-SECRET-KEY: "
                + text(investor, "secretKey") + "\r\n";
        Map<String, LoadGenerator> targets = new LinkedHashMap<>();
        targets.put("hms", generator(hms, key, order));
        targets.put("cxf", generator(yardstick("cxf", answer), key, order));
        targets.put("jetty", generator(yardstick("jetty", answer), key, order));
        System.out.printf(
                Locale.ROOT,
                "java %s, %d processors, load %.2f, %d rounds of %d ms after %d to warm up%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rounds,
                millis,
                WARM_UP);
        for (int count : connections) {
            measure(targets, count);
        }
    }

    private void measure(Map<String, LoadGenerator> targets, int connections) throws IOException, InterruptedException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        Map<String, Histogram> latencies = new HashMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Map.Entry<String, LoadGenerator> target : targets.entrySet()) {
                LoadGenerator.Round seen = target.getValue().run(connections, millis);
                if (round >= 0) {
                    rates.computeIfAbsent(target.getKey(), k -> new ArrayList<>())
                            .add(seen.perSecond());
                    latencies
                            .computeIfAbsent(target.getKey(), k -> new Histogram(3))
                            .add(seen.latencyNanos());
                }
            }
        }
        rates.forEach((name, rate) -> System.out.printf(
                Locale.ROOT,
                "%4d connections  %-6s %8.0f/s  p50 %7.3f ms  p99 %7.3f ms  %5.2f of cxf  %5.2f of jetty%n",
                connections,
                name,
                median(rate),
                latencies.get(name).getValueAtPercentile(50) / 1e6,
                latencies.get(name).getValueAtPercentile(99) / 1e6,
                median(rate) / median(rates.get("cxf")),
                median(rate) / median(rates.get("jetty"))));
    }

    private URI yardstick(String kind, JsonNode answer) throws IOException {
        String port = start(
                line -> line.matches("\\d+"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                Yardstick.class.getName(),
                kind,
                answer.toString());
        return URI.create("http://127.0.0.1:" + port);
    }

    private String start(java.util.function.Predicate<String> ready, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (ready.test(line)) {
                return line;
            }
        }
        throw new IOException(String.join(" ", command) + " ended without being ready");
    }

    private static LoadGenerator generator(URI base, String headers, Map<String, Object> order) {
        String before = body(order);
        String id = "\"" + order.get("client_order_id") + "\"";
        Supplier<String> bodies = () -> before.replace(id, "\"" + UUID.randomUUID() + "\"");
        return new LoadGenerator(base.resolve("/v2/orders"), headers, bodies);
    }

    private static String body(Map<String, Object> order) {
        try {
            return JSON.writeValueAsString(order);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An ioc order below the market: it goes the whole way to the venue and back and leaves nothing open. */
    private static Map<String, Object> order(HmsClient client) throws IOException, InterruptedException {
        BigDecimal bid = new BigDecimal(client.get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path("bp")
                .asText());
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", "1");
        order.put("side", "buy");
        order.put("type", "limit");
        order.put(
                "limit_price",
                bid.multiply(new BigDecimal("0.98"))
                        .setScale(2, RoundingMode.DOWN)
                        .toPlainString());
        order.put("time_in_force", "ioc");
        order.put("client_order_id", UUID.randomUUID().toString());
        return order;
    }

    private static void liftLimits(HmsClient operator) throws IOException, InterruptedException {
        operator.put(
                "/gov/v1/limits",
                Map.of(
                        "maxOrderNotional", "1000000",
                        "maxOrderQty", "1000000",
                        "maxOpenOrders", 1_000_000,
                        "maxOrdersPerWindow", 1_000_000_000,
                        "windowMs", 1_000,
                        "duplicateWindowMs", 0));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
