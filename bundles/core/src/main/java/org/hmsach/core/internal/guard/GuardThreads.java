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
            threads.execute(() -> {
                run(running, task);
                guard.leave();
            });
        } catch (RejectedExecutionException e) {
            guard.wasNotAsked(running);
            guard.leave();
            throw new PlugInException(PlugInException.Kind.BUSY, guard.key() + " was stopped");
        }
        return await(guard, running, deadline, task);
    }

    /** On a thread beside the others: they may all be taken, or shut down. */
    void end(Guard guard, Running running, Duration deadline, Runnable call)
            throws PlugInException, InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(call, true);
        threads.getThreadFactory().newThread(() -> run(running, task)).start();
        await(guard, running, deadline, task);
    }

    private static <T> T await(Guard guard, Running running, Duration deadline, FutureTask<T> task)
            throws PlugInException, InterruptedException {
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

    private static void run(Running running, Runnable task) {
        running.begin();
        try {
            task.run(); // a future's task throws nothing
        } finally {
            running.end();
        }
    }

    void close() {
        threads.shutdown();
    }
}
