package org.hmsach.gateway.internal.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A socket that takes messages only as long as a test lets it. */
final class HandWire implements Outbox.Wire {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<String> taken = new ArrayList<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean takes;
    private String end = "";

    HandWire(boolean takes) {
        this.takes = takes;
    }

    @Override
    public void send(Message message, boolean more, Outbox.Sent sent) {
        Runnable take = () -> {
            synchronized (this) {
                taken.add(StandardCharsets.UTF_8.decode(message.payload()).toString());
                notifyAll();
            }
            sent.sent(true);
        };
        synchronized (this) {
            if (!takes) {
                held.add(take);
                return;
            }
        }
        take.run();
    }

    @Override
    public synchronized void close(int code, String why) {
        end = code + " " + why;
        notifyAll();
    }

    @Override
    public synchronized void abort() {
        end = "aborted";
        notifyAll();
    }

    /** The socket takes one message of those on the way. */
    void takeOne() {
        Runnable one;
        synchronized (this) {
            one = held.remove();
        }
        one.run();
    }

    /** The socket takes everything from now on, first come first served. */
    void open() {
        while (true) {
            Runnable one;
            synchronized (this) {
                takes = held.isEmpty();
                if (takes) {
                    return;
                }
                one = held.remove();
            }
            one.run();
        }
    }

    synchronized int onTheWay() {
        return held.size();
    }

    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    synchronized String end() {
        return end;
    }

    /** Waits until the messages taken so far are as wanted. */
    synchronized List<String> await(Predicate<List<String>> wanted) throws InterruptedException {
        long end = System.nanoTime() + BOUND_NANOS;
        while (!wanted.test(taken)) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new IllegalStateException("in time came only " + taken.size() + " messages: " + taken);
            }
            wait(leftMs);
        }
        return List.copyOf(taken);
    }
}
