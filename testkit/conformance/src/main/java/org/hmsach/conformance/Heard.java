package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a service told, from whatever thread, in its order. */
final class Heard<T> {
    private final List<T> all = new ArrayList<>();

    synchronized void add(T one) {
        all.add(one);
        notifyAll();
    }

    synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** @return whether all that was told satisfies the condition within the bound */
    synchronized boolean await(Duration bound, Predicate<List<T>> condition) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.test(List.copyOf(all))) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
