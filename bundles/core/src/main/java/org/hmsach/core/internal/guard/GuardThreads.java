package org.hmsach.core.internal.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.module.PlugInException;

/** The threads of one plug-in; none while nobody asks. */
final class GuardThreads {
    private static final long IDLE_S = 10;

    private final ThreadPoolExecutor threads;

    GuardThreads(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, most, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "hmsach-" + name + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            // a new thread would keep the loader of whoever happened to ask first
            thread.setContextClassLoader(GuardThreads.class.getClassLoader());
            return thread;
        });
    }

    <T> T ask(Guard guard, Running running, Duration deadline, Callable<T> call)
            throws PlugInException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        try {
            threads.execute(() -> run(guard, running, task));
        } catch (RejectedExecutionException e) {
            guard.wasNotAsked(running);
            guard.leave();
            throw new PlugInException(PlugInException.Kind.BUSY, guard.key() + " was stopped");
        }
        try {
            T answer = task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            guard.wasWell(running);
            return answer;
        } catch (ExecutionException e) {
            throw guard.threw(running, e.getCause());
        } catch (TimeoutException e) {
            guard.wasLate(running, deadline.toMillis());
            throw new PlugInException(
                    PlugInException.Kind.LATE,
                    guard.key() + " did not " + running.what() + " within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            guard.wasNotAsked(running);
            running.overdue();
            throw e;
        }
    }

    private static void run(Guard guard, Running running, Runnable task) {
        running.begin();
        try {
            task.run();
        } finally {
            running.end();
            guard.leave();
        }
    }

    void close() {
        threads.shutdown();
    }
}
