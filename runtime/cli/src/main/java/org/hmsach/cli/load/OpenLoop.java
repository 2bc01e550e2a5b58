package org.hmsach.cli.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Offers orders at a fixed rate, whatever comes back: a slow answer delays no other order. */
public final class OpenLoop implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int FIRST_WORDS = 600;

    private final Function<String, HttpRequest.Builder> requests;
    private final Journal journal;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong next = new AtomicLong();
    private final ExecutorService senders;
    private final long startNanos = System.nanoTime();
    private final long startMs = System.currentTimeMillis();
    private final long gapNanos;
    private volatile boolean ended;

    /**
     * Begins.
     *
     * @param requests  gives the request of an order with this client order id
     * @param perSecond orders a second; 0 as fast as the senders get answers
     * @param senders   most orders under way at once
     */
    public OpenLoop(Function<String, HttpRequest.Builder> requests, int perSecond, int senders, Journal journal) {
        this.requests = requests;
        this.journal = journal;
        this.gapNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.senders = Executors.newFixedThreadPool(senders);
        for (int i = 0; i < senders; i++) {
            this.senders.execute(this::send);
        }
    }

    private void send() {
        while (!ended) {
            long dueNanos = gapNanos == 0 ? System.nanoTime() : startNanos + next.getAndIncrement() * gapNanos;
            long wait = dueNanos - System.nanoTime();
            while (wait > 0 && !ended) {
                LockSupport.parkNanos(Math.min(wait, 50_000_000));
                wait = dueNanos - System.nanoTime();
            }
            if (!ended) {
                offer(dueNanos);
            }
        }
    }

    private void offer(long dueNanos) {
        String id = UUID.randomUUID().toString();
        HttpRequest request = requests.apply(id).timeout(ANSWER).build();
        int status = Journal.NO_ANSWER;
        String text;
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            text = status == 200 ? "" : answer.body();
        } catch (IOException e) {
            text = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            text = e.toString();
        }
        long dueMs = startMs + TimeUnit.NANOSECONDS.toMillis(dueNanos - startNanos);
        String words = text.substring(0, Math.min(text.length(), FIRST_WORDS));
        journal.add(new Journal.Entry(id, dueMs, System.nanoTime() - dueNanos, status, words));
    }

    /** Offers no more and waits for the last answers. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        senders.shutdown();
        if (!senders.awaitTermination(ANSWER.toSeconds() + 5, TimeUnit.SECONDS)) {
            throw new IllegalStateException("senders still wait for answers");
        }
    }
}
