package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Close of business, settlement, value history, and the proofs over the log. */
final class Settlement {
    private final Report report;
    private final People people;

    Settlement(Report report, People people) {
        this.report = report;
        this.people = people;
    }

    void closeAndSettle() throws IOException, InterruptedException {
        report.step("close of business and T+1 settlement", () -> {
            JsonNode before = people.operator.get("/mfe/v1/books/business-date");
            JsonNode closed = people.operator.post("/mfe/v1/books/close-of-business", Map.of());
            Report.same("closed date", before.path("date"), closed.path("closedDate"));
            Report.check(closed.path("settled").asInt() > 0, "nothing was settled: " + closed);
            JsonNode after = people.operator.get("/mfe/v1/books/business-date");
            Report.same("due obligations", 0, after.path("dueObligations").asInt());
            return closed.path("closedDate").asText() + " -> "
                    + closed.path("openedDate").asText() + ", settled "
                    + closed.path("settled").asInt();
        });
        report.step("portfolio history", () -> {
            BigDecimal expected = new BigDecimal(
                    people.investor.get("/v2/account").path("last_equity").asText());
            Report.await(
                    "the closing value in the history", () -> last(history()).compareTo(expected) == 0);
            return history().path("equity").size() + " points, last close " + expected;
        });
    }

    void prove() throws IOException, InterruptedException {
        report.step("ledger sums to zero, replayed state equals the live one", () -> {
            JsonNode proof = people.operator.post("/admin/v1/core/verify", Map.of());
            Report.same("replayed hash", proof.path("liveHash"), proof.path("replayedHash"));
            Report.check(proof.path("sums").size() > 1, "no sums: " + proof);
            for (JsonNode sum : proof.path("sums")) {
                Report.same(
                        "sum of " + sum.path("asset").asText(),
                        0L,
                        sum.path("sum").asLong());
            }
            return proof.path("entry").asText() + " entries in "
                    + proof.path("millis").asText() + " ms, "
                    + proof.path("sums").size() + " assets, hash "
                    + proof.path("liveHash").asText().substring(0, 16);
        });
    }

    private JsonNode history() throws IOException, InterruptedException {
        return people.investor.get("/v2/account/portfolio/history?period=1M&timeframe=1D");
    }

    private static BigDecimal last(JsonNode history) {
        JsonNode equity = history.path("equity");
        JsonNode value = equity.path(equity.size() - 1);
        return new BigDecimal(value.asText("0")).setScale(2, RoundingMode.HALF_EVEN);
    }
}
