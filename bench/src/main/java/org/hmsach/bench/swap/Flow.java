package org.hmsach.bench.swap;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.hmsach.cli.load.Journal;
import org.hmsach.cli.load.OpenLoop;

/**
 * Orders at a fixed rate: what is wanted, or half of what the machine takes, clients and server together.
 *
 * @param rate     orders a second
 * @param orders   gives the request of an order with this client order id
 * @param p50Nanos latency while nothing is replaced
 * @param p99Nanos the same
 */
record Flow(int rate, Function<String, HttpRequest.Builder> orders, long p50Nanos, long p99Nanos) {
    private static final int SENDERS = 64;
    private static final int MOST_A_SECOND = 1_000;
    private static final int COUNTED_S = 5;
    private static final int UNDISTURBED_S = 8;
    private static final int CALM_S = 5;
    private static final long LAST_MS = 500;

    /**
     * Offers as much as is answered, as long as the plan's warm-up, then counts it; then offers the rate, first a third
     * of the warm-up: the compiler of the server's JVM needs both.
     *
     * @param all gets the orders of the undisturbed time
     */
    static Flow measured(DemoServer server, Plan plan, Journal all) throws IOException, InterruptedException {
        Function<String, HttpRequest.Builder> orders = orders(server);
        int most = most(orders, plan.warmUpS());
        int rate = plan.rate() > 0 ? plan.rate() : Math.max(1, Math.min(MOST_A_SECOND, most / 2));
        offer(orders, rate, SENDERS, plan.warmUpS() / 3);
        Journal journal = offer(orders, rate, SENDERS, UNDISTURBED_S);
        Histogram latency = new Histogram(3);
        journal.entries().forEach(entry -> latency.recordValue(entry.nanos()));
        journal.entries().forEach(all::add);
        return new Flow(rate, orders, latency.getValueAtPercentile(50), latency.getValueAtPercentile(99));
    }

    /** Begins to offer them. */
    OpenLoop begin(Journal journal) {
        return new OpenLoop(orders, rate, SENDERS, journal);
    }

    /** Waits until half of the last orders are answered as fast as most undisturbed ones, at most some seconds. */
    void awaitCalm(Journal journal) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALM_S);
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LAST_MS / 4));
        } while (System.nanoTime() < end && !isCalm(journal));
    }

    private boolean isCalm(Journal journal) {
        long fromMs = System.currentTimeMillis() - LAST_MS;
        Histogram last = new Histogram(3);
        for (Journal.Entry entry : journal.entries()) {
            if (entry.dueMs() + TimeUnit.NANOSECONDS.toMillis(entry.nanos()) >= fromMs) {
                last.recordValue(entry.nanos());
            }
        }
        return last.getTotalCount() > 0 && last.getValueAtPercentile(50) <= (p50Nanos + p99Nanos) / 2;
    }

    private static int most(Function<String, HttpRequest.Builder> orders, int warmUpS) throws InterruptedException {
        offer(orders, 0, SENDERS / 4, warmUpS);
        return offer(orders, 0, SENDERS / 4, COUNTED_S).entries().size() / COUNTED_S;
    }

    private static Journal offer(Function<String, HttpRequest.Builder> orders, int rate, int senders, int seconds)
            throws InterruptedException {
        Journal journal = new Journal();
        try (OpenLoop loop = new OpenLoop(orders, rate, senders, journal)) {
            TimeUnit.SECONDS.sleep(seconds);
        }
        return journal;
    }

    /** An ioc order below the market: it goes the whole way to the venue and back and leaves nothing open. */
    private static Function<String, HttpRequest.Builder> orders(DemoServer server)
            throws IOException, InterruptedException {
        BigDecimal bid = new BigDecimal(server.investor()
                .get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path("bp")
                .asText());
        String price = bid.multiply(new BigDecimal("0.90"))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
        return id ->
                server.order("{\"symbol\":\"IBM\",\"qty\":\"1\",\"side\":\"buy\",\"type\":\"limit\",\"limit_price\":\""
                        + price + "\",\"time_in_force\":\"ioc\",\"client_order_id\":\"" + id + "\"}");
    }
}
