package org.hmsach.bench.faults.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.cli.http.HmsClient;

/** The read models as a client sees them, beside the tape: every order in its last state, every fill. */
final class ReadModelCheck {
    private static final int ORDERS = 500;
    private static final int ACTIVITIES = 100;
    private static final int MOST_WORDS = 5;

    private ReadModelCheck() {}

    /** Differences of one account; none when they agree. */
    static List<String> differences(Trader trader, TapeFacts tape) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        UUID account = UUID.fromString(trader.account());
        Map<UUID, Order> told = tape.orders(account);
        Map<String, String> shown = orders(trader.api());
        Map<String, String> expected = new HashMap<>();
        told.values().forEach(order -> expected.put(order.id().toString(), text(order)));
        TreeSet<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(shown.keySet());
        for (String id : ids) {
            String here = shown.getOrDefault(id, "not there");
            String there = expected.getOrDefault(id, "not there");
            if (!here.equals(there) && differences.size() < MOST_WORDS) {
                differences.add("order " + id + " is " + there + " on the tape and " + here + " over HTTP");
            }
        }
        TapeFacts.Fills fills = fills(trader.api());
        if (!fills.equals(tape.fills(account))) {
            differences.add("fills of " + account + ": " + tape.fills(account) + " on the tape, " + fills
                    + " among the activities");
        }
        return differences;
    }

    private static String text(Order order) {
        return order.state().name().toLowerCase(Locale.ROOT) + " filled " + Scale8.text(order.filledE8());
    }

    /** All orders, page by page from the oldest; the pages overlap by a millisecond. */
    private static Map<String, String> orders(HmsClient api) throws IOException, InterruptedException {
        Map<String, String> orders = new HashMap<>();
        String after = "1970-01-01T00:00:00Z";
        while (true) {
            JsonNode page = api.get("/v2/orders?status=all&direction=asc&limit=" + ORDERS + "&after=" + after);
            page.forEach(order -> orders.put(
                    order.path("id").asText(),
                    order.path("status").asText() + " filled "
                            + order.path("filled_qty").asText()));
            if (page.size() < ORDERS) {
                return orders;
            }
            after = java.time.Instant.parse(
                            page.get(page.size() - 1).path("created_at").asText())
                    .minusMillis(1)
                    .toString();
        }
    }

    private static TapeFacts.Fills fills(HmsClient api) throws IOException, InterruptedException {
        TapeFacts.Fills fills = new TapeFacts.Fills(0, 0);
        String token = "";
        while (true) {
            JsonNode page = api.get("/v2/account/activities/FILL?direction=asc&page_size=" + ACTIVITIES
                    + (token.isEmpty() ? "" : "&page_token=" + token));
            for (JsonNode fill : page) {
                fills = fills.plus(
                        Scale8.fromDecimal(new BigDecimal(fill.path("qty").asText())));
                token = fill.path("id").asText();
            }
            if (page.size() < ACTIVITIES) {
                return fills;
            }
        }
    }
}
