package org.hmsach.bench.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.hmsach.bench.run.DemoServer;
import org.hmsach.bench.run.Postgres;
import org.hmsach.cli.http.HmsClient;

/**
 * Orders over HTTP, acknowledged after fsync, beside bare Jetty and bare CXF that answer the same bytes without doing
 * anything, and beside that CXF with one PostgreSQL transaction per order; one load generator, in turn, nine rounds
 * after a warm-up, medians.
 */
public final class HttpBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * Before the first round each server answers for so long: over few connections, which leave the compiler of the JVM
     * a share of the processors, then over many.
     */
    private static final long WARM_UP_MS = 60_000;

    private static final int WARM_UP_CONNECTIONS = 3;
    private static final long SWING_MS = 20_000;
    private static final int SWING_CONNECTIONS = 32;
    private static final String HMS = "hms";
    private static final String CXF = "cxf";
    private static final String POSTGRES = "postgres";

    private final int rounds;
    private final long millis;
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();

    /**
     * A server under load.
     *
     * @param pids its processes; children are counted too
     */
    private record Target(LoadGenerator load, List<Long> pids) {
        double cpuSeconds() {
            return pids.stream()
                            .flatMap(pid -> ProcessHandle.of(pid).stream())
                            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                            .mapToLong(process -> process.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis())
                            .sum()
                    / 1e3;
        }
    }

    /** Medians and latencies of one target at one number of connections. */
    private static final class Seen {
        private final List<Double> perSecond = new ArrayList<>();
        private final List<Double> perCpuSecond = new ArrayList<>();
        private final Histogram latencyNanos = new Histogram(3);
    }

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
        Optional<Postgres> postgres = Postgres.start();
        try (DemoServer server = new DemoServer(Path.of(args[0]), Map.of())) {
            bench.run(server, postgres, connections);
        } finally {
            bench.processes.forEach(Process::destroy);
            postgres.ifPresent(Postgres::close);
        }
    }

    private void run(DemoServer server, Optional<Postgres> postgres, int[] connections)
            throws IOException, InterruptedException {
        URI hms = server.url();
        HmsClient client = server.client();
        Map<String, Object> order = order(client);
        String answer = client.post("/v2/orders", order).toString();
        String key = "APCA-API-KEY-ID: " + server.keyId() + "\r\nAPCA-API-SECRET-KEY: " + server.secretKey() + "\r\n";
        targets.put(HMS, new Target(generator(hms, key, order), List.of(server.pid())));
        yardstick(CXF, key, order, List.of(), answer);
        yardstick("jetty", key, order, List.of(), answer);
        if (postgres.isPresent()) {
            yardstick(
                    POSTGRES,
                    key,
                    order,
                    List.of(postgres.get().pid()),
                    answer,
                    postgres.get().url());
        } else {
            System.out.println("no PostgreSQL is installed: left out");
        }
        System.out.printf(
                Locale.ROOT,
                "java %s, %d processors, load %.2f, %d rounds of %d ms after %d s to warm up%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rounds,
                millis,
                (WARM_UP_MS + SWING_MS) / 1_000);
        for (Target target : targets.values()) {
            target.load().run(WARM_UP_CONNECTIONS, WARM_UP_MS);
            target.load().run(SWING_CONNECTIONS, SWING_MS);
        }
        StringBuilder ratios = new StringBuilder();
        for (int count : connections) {
            measure(count, ratios);
        }
        System.out.println("ratio, orders a second:" + ratios);
    }

    private void measure(int connections, StringBuilder ratios) throws IOException, InterruptedException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        targets.keySet().forEach(name -> seen.put(name, new Seen()));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Target> entry : targets.entrySet()) {
                Target target = entry.getValue();
                double cpuBefore = target.cpuSeconds();
                LoadGenerator.Round one = target.load().run(connections, millis);
                Seen all = seen.get(entry.getKey());
                all.perSecond.add(one.perSecond());
                all.perCpuSecond.add(one.answers() / (target.cpuSeconds() - cpuBefore));
                all.latencyNanos.add(one.latencyNanos());
            }
        }
        seen.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%4d connections  %-8s %8.0f/s  p50 %7.3f ms  p99 %7.3f ms  %8.0f per server CPU second%n",
                connections,
                name,
                median(all.perSecond),
                all.latencyNanos.getValueAtPercentile(50) / 1e6,
                all.latencyNanos.getValueAtPercentile(99) / 1e6,
                median(all.perCpuSecond)));
        double hms = median(seen.get(HMS).perSecond);
        ratios.append(String.format(Locale.ROOT, "  %d:", connections));
        seen.keySet().stream()
                .filter(name -> !name.equals(HMS))
                .forEach(name -> ratios.append(
                        String.format(Locale.ROOT, " %.2f %s", hms / median(seen.get(name).perSecond), name)));
    }

    private void yardstick(String kind, String headers, Map<String, Object> order, List<Long> pids, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                Yardstick.class.getName(),
                kind));
        command.addAll(List.of(args));
        String port = start(line -> line.matches("\\d+"), command.toArray(String[]::new));
        List<Long> all = new ArrayList<>(pids);
        all.add(processes.get(processes.size() - 1).pid());
        targets.put(kind, new Target(generator(URI.create("http://127.0.0.1:" + port), headers, order), all));
    }

    private String start(Predicate<String> ready, String... command) throws IOException {
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

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
