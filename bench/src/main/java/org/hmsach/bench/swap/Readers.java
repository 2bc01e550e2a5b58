package org.hmsach.bench.swap;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.cli.http.HmsClient;

/** Reads in turn, on one thread, while orders flow: a session's, of orders and watchlists out of SQL, of an account. */
final class Readers implements AutoCloseable {
    private static final long BEAT_MS = 20;

    private final Thread thread = new Thread(this::read, "hms-bench-reads");
    private final List<Read> reads;
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean ended;
    /** The first read that was not answered with 200. */
    private volatile String firstRefused = "";

    private record Read(HmsClient client, String path) {}

    /** @param operator a client with a session @param investor a client with a key */
    Readers(HmsClient operator, HmsClient investor) {
        this.reads = List.of(
                new Read(operator, "/auth/v1/me"),
                new Read(investor, "/v2/orders?status=closed&limit=5"),
                new Read(investor, "/v2/account"),
                new Read(investor, "/v2/watchlists"),
                new Read(operator, "/admin/v1/outcomes"));
        thread.start();
    }

    private void read() {
        for (int i = 0; !ended && firstRefused.isEmpty(); i++) {
            Read read = reads.get(i % reads.size());
            try {
                HmsClient.Answer answer = read.client().send("GET", read.path(), null);
                if (answer.status() == 200) {
                    answered.incrementAndGet();
                } else {
                    firstRefused = read.path() + ": " + answer.status() + ' ' + answer.json();
                }
            } catch (IOException e) {
                firstRefused = read.path() + ": " + e;
            } catch (InterruptedException e) {
                firstRefused = "the reads were interrupted";
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BEAT_MS));
        }
    }

    /** How many were answered. */
    long answered() {
        return answered.get();
    }

    /** What went wrong first; empty when nothing did. */
    String firstRefused() {
        return firstRefused;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
