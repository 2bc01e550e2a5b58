package org.hmsach.ops.internal.frame;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a module's own code on a thread of its own, for it may never come back. */
public final class Bounded {
    private Bounded() {}

    /**
     * Runs the work and waits for it; a thread that does not end in time is interrupted and left alone.
     *
     * @param what named in the message of the time-out
     * @throws TimeoutException   when it did not end in time
     * @throws ExecutionException with what it threw
     */
    public static <T> T run(String what, Duration bound, Callable<T> work)
            throws TimeoutException, ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        SwapThreads.startLike(what, task);
        return await(what, bound, task);
    }

    static <T> T await(String what, Duration bound, FutureTask<T> task)
            throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            TimeoutException named = new TimeoutException(what + " did not end within " + bound.toMillis() + " ms");
            named.initCause(e);
            throw named;
        }
    }
}
