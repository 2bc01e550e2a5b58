package org.hmsach.ops.internal.frame;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * Runs a module's own code, for each of those asked on one thread at a time: who asks meanwhile gets the same answer,
 * and one that did not come back is not asked again until it does. Thread-safe.
 *
 * @param <K> who is asked
 * @param <T> what it answers
 */
public final class AskedOnce<K, T> {
    private final Map<K, FutureTask<T>> underWay = new ConcurrentHashMap<>();

    /**
     * Runs the work and waits for it.
     *
     * @param what named in the message of the time-out
     * @throws TimeoutException   when it did not end in time, this time or before
     * @throws ExecutionException with what it threw
     */
    public T ask(K whom, String what, Duration bound, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        FutureTask<T> before = underWay.putIfAbsent(whom, task);
        while (before != null && before.isDone() && !before.isCancelled()) {
            underWay.remove(whom, before); // it has answered: that is over
            before = underWay.putIfAbsent(whom, task);
        }
        if (before == null) {
            SwapThreads.startLike(what, () -> {
                try {
                    task.run(); // ends when the work does, also after the time-out
                } finally {
                    underWay.remove(whom, task);
                }
            });
        }
        try {
            return Bounded.await(what, bound, before == null ? task : before);
        } catch (CancellationException e) {
            TimeoutException named = new TimeoutException(what + " still does not come back");
            named.initCause(e);
            throw named;
        }
    }
}
