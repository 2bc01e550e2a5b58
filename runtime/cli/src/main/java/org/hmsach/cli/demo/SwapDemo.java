package org.hmsach.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hmsach.cli.demo.DemoOrganisation.Investor;
import org.hmsach.cli.demo.DemoOrganisation.People;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.load.Journal;
import org.hmsach.cli.load.OpenLoop;
import org.hmsach.cli.server.ServerException;

/**
 * Moves a rule from its first to a stricter second version under load, through a shadow, its report and a promotion by
 * a second person; then brings in a broken third version, which gives way by itself.
 */
public final class SwapDemo {
    private static final String RULE = "demo.settled-cash";
    private static final String MODULES = "/admin/v1/modules";
    private static final String SHADOWS = MODULES + "/shadows";
    private static final String JAR = "org.hmsach.demo.settledcash.";
    /** Settled cash of the day trader: enough for two purchases, not for three. */
    private static final String CASH = "2000.00";

    private static final int ORDERS_PER_SECOND = 50;
    private static final int TRADES_PER_SECOND = 4;
    private static final int SENDERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofSeconds(6);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long WATCH_MS = 3_000;

    private final Path jars;
    private final SwapFigures figures;
    private final Consumer<String> say;
    private final HmsClient first;
    private final HmsClient second;
    private final String firstLogin;
    private final Investor investor;

    /** @param jars folder with the three versions @param say hears each step */
    public SwapDemo(URI url, People people, Path jars, SwapFigures figures, Consumer<String> say)
            throws IOException, InterruptedException {
        this.jars = jars;
        this.figures = figures;
        this.say = say;
        HmsClient nobody = new HmsClient(url);
        this.firstLogin = people.operator().login();
        this.first = nobody.login(firstLogin, people.operator().password());
        JsonNode user = first.post("/admin/v1/users", Map.of("login", "second", "roles", List.of("operator")));
        this.second = nobody.login("second", user.path("password").asText());
        this.investor = people.investors().get(0);
    }

    /** The whole story; what was promised and not kept stands in the figures. */
    public void run() throws IOException, InterruptedException {
        liftLimits();
        Investor trader = DemoOrganisation.add(first, "trader", CASH);
        install();
        Journal journal = figures.journal();
        try (OpenLoop many = new OpenLoop(belowTheMarket(), ORDERS_PER_SECOND, SENDERS, journal);
                OpenLoop one = new OpenLoop(roundTrips(trader), TRADES_PER_SECOND, 1, journal)) {
            say.accept(ORDERS_PER_SECOND + TRADES_PER_SECOND + " orders a second are offered over HTTP");
            LockSupport.parkNanos(WARM_UP.toNanos());
            long calmSinceMs = System.currentTimeMillis();
            LockSupport.parkNanos(CALM.toNanos());
            figures.calmEnds(calmSinceMs);
            String shadow = shadow();
            promote(shadow);
            LockSupport.parkNanos(CALM.dividedBy(3).toNanos());
            breakAndComeBack();
            LockSupport.parkNanos(CALM.dividedBy(3).toNanos());
        }
    }

    private void install() throws IOException, InterruptedException {
        JsonNode end = ended(ok(first.upload(MODULES + "?why=demo&watchMs=300", jar("first"))));
        figures.expect("DONE".equals(end.path("phase").asText()), "the first version came in: " + end);
        List<String> rules = new ArrayList<>();
        first.get("/gov/v1/required-rules").path("rules").forEach(rule -> rules.add(rule.asText()));
        rules.add(RULE);
        first.put("/gov/v1/required-rules", Map.of("rules", rules));
        say.accept("version 1.0.0 of " + RULE + " serves and is required: " + rules);
    }

    /** @return path of the shadow, once it disagrees */
    private String shadow() throws IOException, InterruptedException {
        JsonNode begun = ok(first.upload(SHADOWS + "?why=count%20good-faith%20violations", jar("second")));
        String path = SHADOWS + "/" + begun.path("id").asText();
        say.accept("version 2.0.0 stands beside as shadow " + begun.path("id").asText() + ", staged by " + firstLogin);
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode report = first.get(path);
        while (report.path("counts").path("stricter").asLong() < 3 && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            report = first.get(path);
        }
        JsonNode counts = report.path("counts");
        figures.put("shadow", counts);
        say.accept("its report: compared " + counts.path("compared") + ", stricter " + counts.path("stricter")
                + ", looser " + counts.path("looser") + ", dropped " + counts.path("dropped") + ", failed "
                + counts.path("failed") + ", late " + counts.path("late"));
        for (JsonNode row : report.path("rows")) {
            row.path("disagreements")
                    .forEach(one -> say.accept("  order "
                            + one.path("order").asText() + " of account "
                            + row.path("account").asText() + ": serves "
                            + one.path("live").path("answer").asText() + ", shadow "
                            + one.path("shadow").path("detail").asText()));
        }
        figures.expect(counts.path("stricter").asLong() >= 3, "the shadow shows disagreements: " + counts);
        figures.expect(counts.path("failed").asLong() == 0, "no answer of the shadow failed: " + counts);
        return path;
    }

    private void promote(String shadow) throws IOException, InterruptedException {
        String path = shadow + "/promote?watchMs=" + WATCH_MS;
        HmsClient.Answer refused = first.send("POST", path, Map.of("why", "I like it"));
        say.accept("promotion by the one who staged it: " + refused.status() + " "
                + refused.json().path("message").asText());
        figures.expect(refused.status() == 422, "the one who staged it cannot promote it");
        JsonNode end = ended(ok(second.send("POST", path, Map.of("why", "the report is as wanted"))));
        figures.expect("DONE".equals(end.path("phase").asText()), "the second version came to serve: " + end);
        figures.expect(
                end.path("evidence")
                                .path("shadow")
                                .path("counts")
                                .path("stricter")
                                .asLong()
                        > 0,
                "the report stands in the audit record");
        figures.moved("promotion", end, "WATCH");
        say.accept("promotion by second: " + end.path("phase").asText() + ", 2.0.0 serves; measured "
                + end.path("measured"));
    }

    private void breakAndComeBack() throws IOException, InterruptedException {
        say.accept("version 3.0.0, which is broken, is brought in");
        JsonNode end = ended(ok(first.upload(MODULES + "?why=demo&watchMs=20000", jar("third"))));
        String phase = end.path("phase").asText();
        figures.expect(phase.equals("ROLLED_BACK"), "the broken version gave way by itself: " + end);
        JsonNode steps = end.path("steps");
        say.accept(phase + ": " + steps.path(steps.size() - 1).path("detail").asText());
        figures.moved("wayBack", end, phase);
        figures.back(end);
        String runs = "";
        for (JsonNode module : first.get(MODULES)) {
            if (module.path("module").asText().equals(RULE)) {
                runs = module.path("version").asText();
            }
        }
        figures.expect(runs.equals("2.0.0"), "the second version serves again, not " + runs);
    }

    private JsonNode ended(JsonNode moved) throws IOException, InterruptedException {
        String path =
                MODULES + "/operations/" + moved.path("operation").path("id").asText();
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode now = first.get(path);
        while (!now.path("phase").asText().matches("DONE|REFUSED|ROLLED_BACK|FAILED") && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            now = first.get(path);
        }
        return now;
    }

    private static JsonNode ok(HmsClient.Answer answer) {
        if (!answer.ok()) {
            throw new ServerException("the server answered " + answer.status() + ": " + answer.json());
        }
        return answer.json();
    }

    private Path jar(String version) {
        return jars.resolve(JAR + version + ".jar");
    }

    /** What is offered here is a load, not a customer's day. */
    private void liftLimits() throws IOException, InterruptedException {
        first.put(
                "/gov/v1/limits",
                Map.of(
                        "maxOrderNotional", "1000000",
                        "maxOrderQty", "1000000",
                        "maxOpenOrders", 1_000_000,
                        "maxOrdersPerWindow", 1_000_000_000,
                        "windowMs", 1_000,
                        "duplicateWindowMs", 0));
    }

    /** Orders that go the whole way to the venue and back and leave nothing open. */
    private Function<String, HttpRequest.Builder> belowTheMarket() throws IOException, InterruptedException {
        String price = quote("bp")
                .multiply(new BigDecimal("0.90"))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        return id -> request(
                investor,
                "{\"symbol\":\"IBM\",\"qty\":\"1\",\"side\":\"buy\",\"type\":\"limit\",\"limit_price\":\"" + price
                        + "\",\"time_in_force\":\"ioc\",\"client_order_id\":\"" + id + "\"}");
    }

    /** Buys for two fifths of the settled cash and sells again, all day long. */
    private Function<String, HttpRequest.Builder> roundTrips(Investor trader) throws IOException, InterruptedException {
        String qty = new BigDecimal(CASH)
                .multiply(new BigDecimal("0.4"))
                .divide(quote("ap"), 0, RoundingMode.DOWN)
                .max(BigDecimal.ONE)
                .toPlainString();
        AtomicLong turn = new AtomicLong();
        return id -> request(
                trader,
                "{\"symbol\":\"IBM\",\"qty\":\"" + qty + "\",\"side\":\""
                        + (turn.getAndIncrement() % 2 == 0 ? "buy" : "sell")
                        + "\",\"type\":\"market\",\"time_in_force\":\"ioc\",\"client_order_id\":\"" + id + "\"}");
    }

    private BigDecimal quote(String field) throws IOException, InterruptedException {
        HmsClient client = new HmsClient(first.base()).withKey(investor.keyId(), investor.secretKey());
        return new BigDecimal(client.get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path(field)
                .asText());
    }

    private HttpRequest.Builder request(Investor who, String body) {
        return HttpRequest.newBuilder(first.base().resolve("/v2/orders"))
                .header("Content-Type", "application/json")
                .header("APCA-API-KEY-ID", who.keyId())
                .header("APCA-API-SECRET-KEY", who.secretKey())
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
