package org.hmsach.bench.reads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hmsach.bench.run.Comparison;
import org.hmsach.bench.run.DemoServer;
import org.hmsach.bench.run.HmsCommand;
import org.hmsach.cli.http.HmsClient;

/**
 * Every read of the trading API on an account with ten thousand lots and a hundred thousand orders, in turn with the
 * same read on an account with ten lots and twenty orders, on one server over one connection; then an order in each.
 */
public final class ReadsBench {
    private static final int WARM_UPS = 3;
    private static final int PAGE = 10;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int REQUESTS_AT_MOST = 200;
    private static final int ORDERS_A_ROUND = 20;
    private static final long CATCH_UP_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final int rounds;
    private final Filling.Content large;
    private final Filling.Content small = new Filling.Content(PAGE, PAGE, PAGE);
    private double worst;

    private ReadsBench(Path home, int rounds, Filling.Content large) {
        this.home = home;
        this.rounds = rounds;
        this.large = large;
    }

    /** The same request for the large and for the small account. */
    private record Pair(HmsClient large, HmsClient small) {}

    /** @param args home of the distribution, rounds (9), lots (10000), orders (100000) */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        int lots = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        int orders = args.length > 3 ? Integer.parseInt(args[3]) : 100_000;
        new Comparison(rounds, WARM_UPS).printMachine("reads, " + lots + " lots, " + orders + " orders");
        new ReadsBench(Path.of(args[0]), rounds, new Filling.Content(lots, orders / 10, orders - orders / 10)).run();
    }

    private void run() throws Exception {
        try (DemoServer demo = new DemoServer(home, Map.of())) {
            demo.stop();
            String data = demo.data().toString();
            fill(demo);
            String line =
                    HmsCommand.run(home, "start", "--json", "--port", "0", "--data", data, "-Dhms.market.session=open");
            try {
                URI url = URI.create(JSON.readTree(line).path("url").asText());
                measure(new Pair(demo.investor(0, url), demo.investor(1, url)));
            } finally {
                HmsCommand.run(home, "stop", "--data", data);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "ratio of the slowest kind of request to the same on a small account: %.2f (wanted at most 2)%n",
                worst);
    }

    private void fill(DemoServer demo) throws Exception {
        long start = System.nanoTime();
        try (Filling filling = new Filling(demo.data().resolve("core"), large.lots())) {
            filling.fill(UUID.fromString(demo.account(0)), large);
            filling.fill(UUID.fromString(demo.account(1)), small);
        }
        System.out.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - start) / 1e9);
    }

    private void measure(Pair clients) throws IOException, InterruptedException {
        awaitReadModels(clients.large());
        System.out.printf(Locale.ROOT, "%-34s %12s %12s %8s%n", "median, microseconds", "large", "small", "ratio");
        for (Question question : questions()) {
            compare(question.name(), () -> ask(clients, question));
        }
        Map<String, Object> order = order(clients.small());
        compare("order placed", () -> place(clients, order));
        System.out.printf(
                Locale.ROOT,
                "load %.2f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private List<Question> questions() {
        String lastId = Filling.clientId(PAGE);
        return List.of(
                Question.one("account", "/v2/account", "status", "ACTIVE"),
                new Question(
                        "positions, each",
                        "/v2/positions",
                        JsonNode::size,
                        new Question.Due(large.lots(), small.lots())),
                Question.one("one position", "/v2/positions/" + Filling.symbol(7), "symbol", Filling.symbol(7)),
                Question.page("open orders, newest 10", "/v2/orders?status=open&limit=10", PAGE),
                Question.page("open orders, oldest 10", "/v2/orders?status=open&limit=10&direction=asc", PAGE),
                Question.page("closed orders, newest 10", "/v2/orders?status=closed&limit=10", PAGE),
                Question.page("closed orders, oldest 10", "/v2/orders?status=closed&limit=10&direction=asc", PAGE),
                Question.one(
                        "order by client id",
                        "/v2/orders:by_client_order_id?client_order_id=" + lastId,
                        "client_order_id",
                        lastId),
                Question.page("activities, newest 10", "/v2/account/activities?page_size=10", PAGE),
                new Question(
                        "value history, 1M by day",
                        "/v2/account/portfolio/history?period=1M&timeframe=1D",
                        json -> json.path("equity").isArray()
                                ? json.path("equity").size()
                                : -1,
                        new Question.Due(1, 1)));
    }

    private interface Round {
        /** Median nanoseconds a thing shown, of the large and of the small account. */
        double[] measure() throws IOException, InterruptedException;
    }

    private void compare(String what, Round round) throws IOException, InterruptedException {
        List<double[]> seen = new ArrayList<>();
        for (int i = -WARM_UPS; i < rounds; i++) {
            double[] nanos = round.measure();
            if (i >= 0) {
                seen.add(nanos);
            }
        }
        double ofLarge = median(seen.stream().map(n -> n[0]).toList());
        double ofSmall = median(seen.stream().map(n -> n[1]).toList());
        worst = Math.max(worst, ofLarge / ofSmall);
        System.out.printf(
                Locale.ROOT, "%-34s %,12.1f %,12.1f %8.2f%n", what, ofLarge / 1e3, ofSmall / 1e3, ofLarge / ofSmall);
    }

    /** So many requests as a round has time for, in turn. */
    private static double[] ask(Pair clients, Question question) throws IOException, InterruptedException {
        List<Double> ofLarge = new ArrayList<>();
        List<Double> ofSmall = new ArrayList<>();
        long end = System.nanoTime() + ROUND_NANOS;
        while (ofLarge.size() < REQUESTS_AT_MOST && (ofLarge.isEmpty() || System.nanoTime() < end)) {
            ofLarge.add(ask(clients.large(), question, question.due().large()));
            ofSmall.add(ask(clients.small(), question, question.due().small()));
        }
        return new double[] {median(ofLarge), median(ofSmall)};
    }

    private static double ask(HmsClient client, Question question, int due) throws IOException, InterruptedException {
        HmsClient.Answer answer = client.send("GET", question.path(), null);
        int items = answer.ok() ? question.items().applyAsInt(answer.json()) : -1;
        if (items != due) {
            throw new IllegalStateException("GET " + question.path() + " shows " + items + " things instead of " + due
                    + ": " + answer.status() + " " + answer.json());
        }
        return (double) answer.nanos() / items;
    }

    private static double[] place(Pair clients, Map<String, Object> order) throws IOException, InterruptedException {
        List<Double> ofLarge = new ArrayList<>();
        List<Double> ofSmall = new ArrayList<>();
        for (int i = 0; i < ORDERS_A_ROUND; i++) {
            ofLarge.add(place(clients.large(), order));
            ofSmall.add(place(clients.small(), order));
        }
        return new double[] {median(ofLarge), median(ofSmall)};
    }

    private static double place(HmsClient client, Map<String, Object> order) throws IOException, InterruptedException {
        Map<String, Object> named = new LinkedHashMap<>(order);
        named.put("client_order_id", UUID.randomUUID().toString());
        HmsClient.Answer answer = client.send("POST", "/v2/orders", named);
        if (!answer.ok()) {
            throw new IllegalStateException("POST /v2/orders: " + answer.status() + " " + answer.json());
        }
        return answer.nanos();
    }

    /** One that is taken and stays in the book for a while. */
    private static Map<String, Object> order(HmsClient client) throws IOException, InterruptedException {
        BigDecimal bid = new BigDecimal(client.get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path("bp")
                .asText());
        String limit = bid.multiply(new BigDecimal("0.98"))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        return Map.of(
                "symbol",
                "IBM",
                "qty",
                "1",
                "side",
                "buy",
                "type",
                "limit",
                "time_in_force",
                "gtc",
                "limit_price",
                limit);
    }

    /** Until the read models hold what was filled in, and the modules have said all that they say to it. */
    private static void awaitReadModels(HmsClient client) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String before = "";
        while (true) {
            HmsClient.Answer answer = client.send("GET", "/v2/orders?status=closed&limit=1", null);
            String tape = answer.headers().getOrDefault("hms-tape", "none");
            boolean behind = !answer.ok() || answer.headers().containsKey("hms-tape-behind");
            if (!behind && tape.equals(before)) {
                break;
            }
            if (System.nanoTime() - start > CATCH_UP_NANOS) {
                throw new IllegalStateException("the read models do not catch up: " + answer.headers());
            }
            before = behind ? "" : tape;
            TimeUnit.SECONDS.sleep(1);
        }
        System.out.printf(Locale.ROOT, "read models up to date after %.0f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
