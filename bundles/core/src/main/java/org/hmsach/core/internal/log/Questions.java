package org.hmsach.core.internal.log;

import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/** Questions to the machine, answered on its thread between two entries. */
final class Questions {
    private static final int CAPACITY = 8_192;
    private static final int AT_ONCE = 64;
    // the machine thread takes out; once it is closed, whoever asks and whoever closes do so, too
    private final ManyToManyConcurrentArrayQueue<Runnable> queue = new ManyToManyConcurrentArrayQueue<>(CAPACITY);
    private volatile boolean closed;

    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable ask = () -> {
            if (closed) {
                answer.completeExceptionally(new LogUnavailableException("the log is closed", false));
                return;
            }
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        };
        if (closed || !queue.offer(ask)) {
            String why = closed ? "the log is closed" : "more than " + CAPACITY + " questions are waiting";
            answer.completeExceptionally(new LogUnavailableException(why, false));
        } else {
            // without it the queue's store may be seen after the look, by neither this thread nor the closing one
            VarHandle.fullFence();
            if (closed) {
                answerAll();
            }
        }
        return answer;
    }

    int answerWaiting() {
        return queue.drain(Runnable::run, AT_ONCE);
    }

    void close() {
        closed = true;
        answerAll();
    }

    /** All that can be taken: behind one that is still being put in nothing can, and who puts it in comes here, too. */
    private void answerAll() {
        while (answerWaiting() > 0) {
            Thread.onSpinWait();
        }
    }
}
