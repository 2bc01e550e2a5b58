package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hmsach.cli.http.HmsClient;

/** A limit order through its life, and the same client id sent twice. */
final class OrderLife {
    /** Worth of the large order: more than a quote displays, so that a fill leaves a rest, and within the limits. */
    private static final BigDecimal LARGE = new BigDecimal("900000");

    private static final int MOST_ORDERS = 5;
    private static final Set<String> FINAL = Set.of("filled", "canceled", "expired", "rejected", "replaced");

    private final Report report;
    private final People people;
    private final Trading trading;
    private final String symbol;

    OrderLife(Report report, People people, Trading trading, String symbol) {
        this.report = report;
        this.people = people;
        this.trading = trading;
        this.symbol = symbol;
    }

    void restReplaceFillCancel(TradeStream stream) throws IOException, InterruptedException {
        report.step("a limit order rests, is replaced, partly filled, canceled", () -> {
            Optional<String> seen = Optional.empty();
            for (int order = 1; seen.isEmpty(); order++) {
                Report.check(order <= MOST_ORDERS, "the market filled " + MOST_ORDERS + " orders before their cancel");
                seen = restReplaceFillAndCancel(stream);
            }
            return seen.get();
        });
    }

    /** @return what was seen; empty when the market, which nobody holds, filled the order before its cancel came */
    private Optional<String> restReplaceFillAndCancel(TradeStream stream) throws IOException, InterruptedException {
        BigDecimal low = trading.bid().multiply(new BigDecimal("0.98")).setScale(2, RoundingMode.DOWN);
        BigDecimal qty = LARGE.divide(trading.ask(), 0, RoundingMode.DOWN);
        Map<String, Object> body = Trading.order(symbol, "buy", qty.toPlainString(), Optional.of(low.toPlainString()));
        String first = people.investor.post("/v2/orders", body).path("id").asText();
        JsonNode byClientId =
                people.investor.get("/v2/orders:by_client_order_id?client_order_id=" + body.get("client_order_id"));
        Report.same("order found by client id", first, byClientId.path("id").asText());
        Report.check(listed(first), "the order is not among the open ones");
        String second = people.investor
                .patch(
                        "/v2/orders/" + first,
                        Map.of("limit_price", trading.ask().toPlainString()))
                .path("id")
                .asText();
        Report.check(!second.equals(first), "the replacing order has the same id");
        stream.await(first, "replaced");
        stream.await(second, "partial_fill");
        HmsClient.Answer answer = people.investor.send("DELETE", "/v2/orders/" + second, null);
        JsonNode end = ended(second, answer);
        if (end.path("status").asText().equals("filled")) {
            return Optional.empty();
        }
        stream.await(second, "canceled");
        Report.same("state", "canceled", end.path("status").asText());
        BigDecimal filled = new BigDecimal(end.path("filled_qty").asText());
        Report.check(filled.signum() > 0 && filled.compareTo(qty) < 0, "filled " + filled + " of " + qty);
        return Optional.of("filled " + filled + " of " + qty);
    }

    private JsonNode ended(String id, HmsClient.Answer canceled) throws IOException, InterruptedException {
        String path = "/v2/orders/" + id;
        Report.await(
                "the end of order " + id + " after " + canceled.status(),
                () -> FINAL.contains(people.investor.get(path).path("status").asText()));
        JsonNode end = people.investor.get(path);
        Report.check(
                canceled.ok() || end.path("status").asText().equals("filled"),
                "the cancel answered " + canceled.json() + " and the order is " + end.path("status"));
        return end;
    }

    void sameIdTradesOnce() throws IOException, InterruptedException {
        report.step("the same client id sent twice trades once", () -> {
            Map<String, Object> body = Trading.order(symbol, "buy", "3", Optional.empty());
            BigDecimal before = people.position(symbol);
            HmsClient.Answer first = people.investor.send("POST", "/v2/orders", body);
            HmsClient.Answer again = people.investor.send("POST", "/v2/orders", body);
            Report.check(first.ok() && again.ok(), "answers " + first.json() + " and " + again.json());
            Report.same(
                    "order of the repetition",
                    first.json().path("id"),
                    again.json().path("id"));
            String path = "/v2/orders/" + first.json().path("id").asText();
            Report.await(
                    "fill of the order",
                    () -> people.investor.get(path).path("status").asText().equals("filled"));
            BigDecimal bought = people.position(symbol).subtract(before);
            Report.same("quantity bought by both", 0, bought.compareTo(new BigDecimal("3")));
            Map<String, Object> other = new HashMap<>(body);
            other.put("qty", "4");
            HmsClient.Answer reused = people.investor.send("POST", "/v2/orders", other);
            Report.same("status with another body", 422, reused.status());
            return again.json().path("id").asText() + " both times; another body: "
                    + reused.json().path("message").asText();
        });
    }

    private boolean listed(String id) throws IOException, InterruptedException {
        for (JsonNode order : people.investor.get("/v2/orders?status=open&limit=500")) {
            if (order.path("id").asText().equals(id)) {
                return true;
            }
        }
        return false;
    }
}
