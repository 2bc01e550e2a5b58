package org.hmsach.core.internal.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.module.PlugInException;
import org.hmsach.core.internal.thread.OwnThreads;

/** The threads of one plug-in; none while nobody asks. */
final class GuardThreads {
    private static final long IDLE_S = 10;

    private final ThreadPoolExecutor threads;

    /** As many as the guard has places; one that just gave its place back may still be on its way home. */
    GuardThreads(String name) {
        SynchronousQueue<Runnable> none = new SynchronousQueue<>();
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_S, TimeUnit.SECONDS, none, OwnThreads.numbered("hmsach-" + name));
    }

    <T> T ask(Guard guard, Running running, Duration deadline, Callable<T> call)
            throws PlugInException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        CountDownLatch back = new CountDownLatch(1);
        try {
            threads.execute(() -> {
                run(running, task);
                guard.leave(); // before its caller hears the answer and asks again
                back.countDown();
            });
        } catch (RejectedExecutionException e) {
            guard.wasNotAsked(running);
            guard.leave();
            throw new PlugInException(PlugInException.Kind.BUSY, guard.key() + " was stopped");
        }
        return await(guard, running, deadline, back, task);
    }

    /** On a thread beside the others: they may all be taken, or shut down. */
    void end(Guard guard, Running running, Duration deadline, Runnable call)
            throws PlugInException, InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(call, true);
        CountDownLatch back = new CountDownLatch(1);
        threads.getThreadFactory()
                .newThread(() -> {
                    run(running, task);
                    back.countDown();
                })
                .start();
        await(guard, running, deadline, back, task);
    }

    private static <T> T await(Guard guard, Running running, Duration deadline, CountDownLatch back, FutureTask<T> task)
            throws PlugInException, InterruptedException {
        try {
            if (!back.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                guard.wasLate(running, deadline.toMillis());
                throw new PlugInException(
                        PlugInException.Kind.LATE,
                        guard.key() + " did not " + running.what() + " within " + deadline.toMillis() + " ms");
            }
            T answer = task.get();
            guard.wasWell(running);
            return answer;
        } catch (ExecutionException e) {
            throw guard.threw(running, e.getCause());
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
