package org.hmsach.ops.internal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwapThreadsTest {
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
    }

    @Test
    void givesWhatASwapStartedItsPriorityAndLeavesOthersAlone() throws Exception {
        CompletableFuture<Thread> swap = new CompletableFuture<>();
        CompletableFuture<Thread> bounded = new CompletableFuture<>();
        CompletableFuture<Thread> module = new CompletableFuture<>();
        Thread low = running("a vendor's own choice", new CompletableFuture<>());
        low.setPriority(Thread.MIN_PRIORITY);

        SwapThreads.start("test.module", () -> {
            swap.complete(Thread.currentThread());
            try {
                Bounded.run("start of test.module", Duration.ofSeconds(20), () -> {
                    bounded.complete(Thread.currentThread());
                    return running("a thread of the module", module);
                });
            } catch (Exception e) {
                module.completeExceptionally(e);
            }
            await();
        });
        Thread started = module.get(20, TimeUnit.SECONDS);
        assertTrue(started.getPriority() < Thread.NORM_PRIORITY, "it began as the swap does");
        assertTrue(
                bounded.get().getName().startsWith("hms-swap "), bounded.get().getName());
        SwapThreads.giveBack();

        assertEquals(Thread.NORM_PRIORITY, started.getPriority());
        assertTrue(swap.get().getPriority() < Thread.NORM_PRIORITY, "the swap goes on yielding");
        assertEquals(Thread.MIN_PRIORITY, low.getPriority());
    }

    @Test
    void doesNotYieldWhileOthersWait() throws Exception {
        CompletableFuture<int[]> seen = new CompletableFuture<>();
        SwapThreads.start("test.module", () -> {
            int before = Thread.currentThread().getPriority();
            SwapThreads.yielding(false);
            int waitedFor = Thread.currentThread().getPriority();
            SwapThreads.yielding(true);
            seen.complete(new int[] {before, waitedFor, Thread.currentThread().getPriority()});
        });
        int[] priorities = seen.get(20, TimeUnit.SECONDS);
        assertEquals(Thread.NORM_PRIORITY, priorities[1]);
        assertTrue(priorities[0] < Thread.NORM_PRIORITY && priorities[2] == priorities[0]);
    }

    private Thread running(String name, CompletableFuture<Thread> told) {
        Thread thread = new Thread(this::await, name);
        thread.setDaemon(true);
        thread.start();
        told.complete(thread);
        return thread;
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
