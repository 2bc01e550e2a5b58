package org.hmsach.gateway.internal.board;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Where requests wait for a base path that is being replaced: a bounded number of them, for a bounded time. */
public final class Parking {
    private final int places;
    private final Duration patience;
    private final IntConsumer gauge;
    private int waiting;
    private long changes;

    /**
     * @param places   most requests that wait at once
     * @param patience longest wait
     * @param gauge    told of each arrival (1) and departure (-1)
     */
    public Parking(int places, Duration patience, IntConsumer gauge) {
        this.places = places;
        this.patience = patience;
        this.gauge = gauge;
    }

    /** Something changed: let everybody look again. */
    public synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Waits until the probe has an answer; empty when all places are taken or the time is up. */
    public <T> Optional<T> await(Supplier<Optional<T>> probe) throws InterruptedException {
        if (!arrive()) {
            return Optional.empty();
        }
        try {
            long end = System.nanoTime() + patience.toNanos();
            long seen = -1;
            while (true) {
                seen = nextChange(seen, end);
                Optional<T> answer = probe.get();
                if (answer.isPresent() || System.nanoTime() >= end) {
                    return answer;
                }
            }
        } finally {
            depart();
        }
    }

    private synchronized long nextChange(long seen, long endNanos) throws InterruptedException {
        while (changes == seen) {
            long leftMs = (endNanos - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                break;
            }
            wait(leftMs);
        }
        return changes;
    }

    private synchronized boolean arrive() {
        if (waiting >= places) {
            return false;
        }
        waiting++;
        gauge.accept(1);
        return true;
    }

    private synchronized void depart() {
        waiting--;
        gauge.accept(-1);
    }
}
