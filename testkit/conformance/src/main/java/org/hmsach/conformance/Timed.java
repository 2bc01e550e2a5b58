package org.hmsach.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call with a bound, on a thread that is left alone when it does not come back. */
final class Timed {
    static final String THREADS = "conformance-";

    private Timed() {}

    /** @throws TimeoutException when it does not return in time; it is interrupted */
    static <T> T call(Duration bound, Callable<T> call)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, THREADS + "call");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            task.cancel(true);
        }
    }
}
