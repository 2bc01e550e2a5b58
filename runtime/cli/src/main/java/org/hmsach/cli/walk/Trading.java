package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;

/** Quotes, previews, refusals, and a market order whose money is reckoned again from the raw files. */
final class Trading {
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int CENTS = 2;
    private static final int PAGE = 100;

    private final Report report;
    private final People people;
    private final String symbol;
    private final Optional<RawQuotes> raw;
    private BigDecimal commissionBps = BigDecimal.ZERO;
    private BigDecimal salePerMillion = BigDecimal.ZERO;

    Trading(Report report, People people, String symbol, Optional<RawQuotes> raw) {
        this.report = report;
        this.people = people;
        this.symbol = symbol;
        this.raw = raw;
    }

    /** A new order body. */
    static Map<String, Object> order(String symbol, String side, String qty, Optional<String> limitPrice) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("symbol", symbol);
        order.put("qty", qty);
        order.put("side", side);
        order.put("type", limitPrice.isPresent() ? "limit" : "market");
        order.put("time_in_force", "day");
        limitPrice.ifPresent(price -> order.put("limit_price", price));
        order.put("client_order_id", "walk-" + UUID.randomUUID());
        return order;
    }

    void lookAround() throws IOException, InterruptedException {
        report.step("instruments", () -> {
            JsonNode asset = people.investor.get("/v2/assets/" + symbol);
            Report.same("status of " + symbol, "active", asset.path("status").asText());
            return people.investor.get("/v2/assets").size() + " assets, " + symbol + " is active";
        });
        report.step("live quotes", () -> {
            String first = quote().toString();
            Report.await("a new quote of " + symbol, () -> !quote().toString().equals(first));
            return quote().toString();
        });
        report.step("preview with each check's answer", () -> {
            JsonNode preview = people.investor.post("/v2/orders/preview", order(symbol, "buy", "10", Optional.empty()));
            List<String> rules = new ArrayList<>();
            preview.path("verdicts").forEach(v -> rules.add(v.path("rule").asText()));
            Report.check(preview.path("accepted").asBoolean(), "the preview refuses: " + preview);
            Report.check(rules.contains("gov.collar") && rules.contains("core.buying_power"), "rules are " + rules);
            return "cost " + preview.path("cost").asText() + ", fee "
                    + preview.path("fee").asText() + ", " + rules.size() + " rules: " + String.join(" ", rules);
        });
        report.step("an order above a limit is refused", () -> {
            HmsClient.Answer answer = people.investor.send(
                    "POST", "/v2/orders", order(symbol, "buy", "90000", Optional.of(ask().toPlainString())));
            Report.same("status", 403, answer.status());
            JsonNode problem = answer.json();
            Report.check(problem.hasNonNull("value") && problem.hasNonNull("limit"), "no value and limit: " + problem);
            return problem.path("reason").asText() + " "
                    + problem.path("message").asText();
        });
    }

    /** Buys or sells at market and proves cash, position and fees of the whole account to the cent. */
    void market(TradeStream stream, String side, String qty) throws IOException, InterruptedException {
        report.step("market " + side + " of " + qty, () -> {
            readFees();
            long marketFrom = marketTimeMs();
            Instant sent = Instant.now();
            String id = people.investor
                    .post("/v2/orders", order(symbol, side, qty, Optional.empty()))
                    .path("id")
                    .asText();
            TradeStream.Update first = stream.await(id, "new");
            TradeStream.Update last = stream.await(id, "fill");
            long marketTo = marketTimeMs();
            List<JsonNode> fills = fills(id, new BigDecimal(qty));
            String raw = compareWithRawFiles(side, fills, marketFrom, marketTo);
            Money expected = reckon(fills);
            awaitWholeAccount();
            long toStream = first.arrived().toEpochMilli() - sent.toEpochMilli();
            return fills.size() + " fills, cash " + expected.cashChange() + " of which fees " + expected.fees()
                    + ", on the stream after " + toStream + " ms, fill " + last.delayMs() + " ms after the core; "
                    + raw;
        });
    }

    BigDecimal ask() throws IOException, InterruptedException {
        return new BigDecimal(quote().path("ap").asText());
    }

    BigDecimal bid() throws IOException, InterruptedException {
        return new BigDecimal(quote().path("bp").asText());
    }

    private record Money(BigDecimal cashChange, BigDecimal fees) {}

    /** Cash must be the deposit and every fill so far with its fees, the position every fill so far. */
    private void awaitWholeAccount() throws IOException, InterruptedException {
        Report.await("cash and position as reckoned from all fills", () -> {
            List<JsonNode> fills = allFills();
            BigDecimal held = fills.stream()
                    .map(f -> isBuy(f) ? decimal(f, "qty") : decimal(f, "qty").negate())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal cash = People.DEPOSIT.add(reckon(fills).cashChange());
            return people.cash().compareTo(cash) == 0 && people.position(symbol).compareTo(held) == 0;
        });
    }

    private Money reckon(List<JsonNode> fills) {
        BigDecimal change = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (JsonNode fill : fills) {
            BigDecimal exact = decimal(fill, "price").multiply(decimal(fill, "qty"));
            BigDecimal cash = exact.setScale(CENTS, RoundingMode.HALF_EVEN);
            change = isBuy(fill) ? change.subtract(cash) : change.add(cash);
            fees = fees.add(cash.multiply(commissionBps).divide(BASIS_POINTS, CENTS, RoundingMode.DOWN));
            if (!isBuy(fill)) {
                fees = fees.add(cash.multiply(salePerMillion).divide(MILLION, CENTS, RoundingMode.DOWN));
            }
        }
        return new Money(change.subtract(fees), fees);
    }

    private static boolean isBuy(JsonNode fill) {
        return fill.path("side").asText().equals("buy");
    }

    private void readFees() throws IOException, InterruptedException {
        JsonNode fees = people.investor.get("/mfe/v1/books/fees");
        commissionBps = decimal(fees, "commissionBps");
        salePerMillion = decimal(fees, "salePerMillion");
    }

    private List<JsonNode> fills(String order, BigDecimal qty) throws IOException, InterruptedException {
        List<JsonNode> fills = new ArrayList<>();
        Report.await("all fills among the activities", () -> {
            fills.clear();
            allFills().stream()
                    .filter(f -> f.path("order_id").asText().equals(order))
                    .forEach(fills::add);
            BigDecimal sum = fills.stream().map(f -> decimal(f, "qty")).reduce(BigDecimal.ZERO, BigDecimal::add);
            return sum.compareTo(qty) == 0;
        });
        return fills;
    }

    private List<JsonNode> allFills() throws IOException, InterruptedException {
        List<JsonNode> fills = new ArrayList<>();
        String path = "/v2/account/activities?activity_types=FILL&page_size=" + PAGE;
        JsonNode page = people.investor.get(path);
        page.forEach(fills::add);
        while (page.size() == PAGE) {
            String last = fills.get(fills.size() - 1).path("id").asText();
            page = people.investor.get(path + "&page_token=" + last);
            page.forEach(fills::add);
        }
        return fills;
    }

    private String compareWithRawFiles(String side, List<JsonNode> fills, long fromMs, long toMs)
            throws IOException, InterruptedException {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(fromMs), java.time.ZoneId.of("America/New_York"));
        if (raw.isEmpty() || !raw.get().has(symbol, day)) {
            return "no raw file of " + day + " to compare with";
        }
        Set<BigDecimal> stood = raw.get().between(symbol, day, side.equals("buy"), fromMs, toMs);
        for (JsonNode fill : fills) {
            BigDecimal price = decimal(fill, "price").stripTrailingZeros();
            Report.check(stood.contains(price), "a fill at " + price + ", but the raw file has only " + stood);
        }
        return "every price stands in the raw file of " + day;
    }

    private long marketTimeMs() throws IOException, InterruptedException {
        String timestamp = people.investor.get("/v2/clock").path("timestamp").asText();
        return java.time.OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
    }

    private JsonNode quote() throws IOException, InterruptedException {
        return people.investor.get("/v2/stocks/" + symbol + "/quotes/latest").path("quote");
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText());
    }
}
