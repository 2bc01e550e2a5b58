package org.hmsach.itest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.cli.http.HmsClient;

/** Two clients of one investor: one places orders with a key, one asks in a session. Each waits for its answers. */
final class Flow implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MORE = 20;
    private static final int PATIENCE_SECONDS = 60;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong orders = new AtomicLong();
    private final AtomicLong questions = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean ended;

    /** Begins. */
    Flow(Server server, Server.Investor investor) throws IOException, InterruptedException {
        HmsClient withKey = server.as(investor);
        HmsClient inSession = server.nobody().login(investor.login(), investor.password());
        threads = List.of(
                new Thread(() -> run(orders, () -> withKey.send("POST", "/v2/orders", order())), "flow-orders"),
                new Thread(() -> run(questions, () -> inSession.send("GET", "/auth/v1/me", null)), "flow-session"));
        threads.forEach(Thread::start);
    }

    private interface Call {
        HmsClient.Answer answer() throws IOException, InterruptedException;
    }

    private void run(AtomicLong answered, Call call) {
        while (!ended) {
            try {
                HmsClient.Answer answer = call.answer();
                if (!answer.ok()) {
                    failures.add(answer.status() + " " + answer.json());
                }
                answered.incrementAndGet();
            } catch (IOException e) {
                failures.add(Thread.currentThread().getName() + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static Map<String, Object> order() {
        return Map.of(
                "symbol", "IBM",
                "qty", "1",
                "side", "buy",
                "type", "market",
                "time_in_force", "day",
                "client_order_id", UUID.randomUUID().toString());
    }

    /** Waits until both have more answers. */
    void awaitMore(String when) throws IOException, InterruptedException {
        long ordersBefore = orders.get();
        long questionsBefore = questions.get();
        Server.await(
                "answers " + when,
                PATIENCE_SECONDS,
                () -> orders.get() >= ordersBefore + MORE && questions.get() >= questionsBefore + MORE);
    }

    /** What was not answered well, so far. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(orders + " orders and " + questions + " questions answered, " + failures.size() + " badly");
    }
}
