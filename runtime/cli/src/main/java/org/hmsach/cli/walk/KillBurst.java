package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.cli.http.HmsClient;

/** A burst of orders in whose middle the server is killed; afterwards every acknowledged one must be there, once. */
final class KillBurst {
    private static final int CLIENTS = 8;
    private static final int KILL_AFTER = 200;
    private static final int MOST_ORDERS = 450;

    private final Report report;
    private final People people;
    private final Trading trading;
    private final WalkServer server;
    private final String symbol;

    private final Map<String, Map<String, Object>> sent = new ConcurrentHashMap<>();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    KillBurst(Report report, People people, Trading trading, WalkServer server, String symbol) {
        this.report = report;
        this.people = people;
        this.trading = trading;
        this.server = server;
        this.symbol = symbol;
    }

    void run(String operatorLogin, String operatorPassword) throws IOException, InterruptedException {
        report.step("kill -9 in the middle of a burst of orders", () -> {
            burst();
            return acknowledged.size() + " acknowledged, " + (sent.size() - acknowledged.size()) + " without an answer";
        });
        report.step("the server starts again on its data", () -> {
            String ready = server.restart();
            people.move(server.url(), operatorLogin, operatorPassword);
            return ready;
        });
        report.step("nothing acknowledged is missing, nothing is doubled", () -> {
            for (Map.Entry<String, String> order : acknowledged.entrySet()) {
                JsonNode found = people.investor.get("/v2/orders:by_client_order_id?client_order_id=" + order.getKey());
                Report.same(
                        "order of " + order.getKey(),
                        order.getValue(),
                        found.path("id").asText());
            }
            int resent = resendAll();
            Map<String, Integer> counts = count();
            counts.forEach((id, count) -> Report.same("orders with client id " + id, 1, count));
            Report.same("orders of the burst", sent.keySet(), counts.keySet());
            return acknowledged.size() + " found, " + resent + " sent again, each client id once";
        });
    }

    private void burst() throws IOException, InterruptedException {
        String low = trading.bid()
                .multiply(new java.math.BigDecimal("0.97"))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> sendUntil(stop, made, low), "burst-" + i);
            client.start();
            clients.add(client);
        }
        Report.await(KILL_AFTER + " acknowledged orders", () -> acknowledged.size() >= KILL_AFTER);
        server.kill();
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }

    private void sendUntil(AtomicBoolean stop, AtomicInteger made, String low) {
        while (!stop.get() && made.incrementAndGet() <= MOST_ORDERS) {
            Map<String, Object> order = Trading.order(symbol, "buy", "1", Optional.of(low));
            String id = (String) order.get("client_order_id");
            sent.put(id, order);
            try {
                HmsClient.Answer answer = people.investor.send("POST", "/v2/orders", order);
                if (answer.ok()) {
                    acknowledged.put(id, answer.json().path("id").asText());
                }
            } catch (IOException e) {
                return; // the server is gone: this order stays without an answer
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int resendAll() throws IOException, InterruptedException {
        int resent = 0;
        for (Map.Entry<String, Map<String, Object>> order : sent.entrySet()) {
            HmsClient.Answer answer = people.investor.send("POST", "/v2/orders", order.getValue());
            Report.check(answer.ok(), "sending " + order.getKey() + " again answered " + answer.json());
            resent++;
        }
        return resent;
    }

    /** Open orders by client id; the burst is smaller than one page. */
    private Map<String, Integer> count() throws IOException, InterruptedException {
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode order : people.investor.get("/v2/orders?status=open&limit=500")) {
            counts.merge(order.path("client_order_id").asText(), 1, Integer::sum);
        }
        return counts;
    }
}
