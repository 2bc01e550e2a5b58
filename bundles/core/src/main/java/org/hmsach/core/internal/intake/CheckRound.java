package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.rule.Verdict;

/** All calls of one judgement. As a task it runs them one after the other, leaving out what others have claimed. */
final class CheckRound implements Runnable {
    /** A round that takes longer has a slow check in it: the rest need not wait for that one. */
    private static final long QUICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    /** How long a call may wait for a thread, as a multiple of the time that a check may take. */
    private static final int PATIENCE = 8;

    private final List<CheckCall> calls;
    private final long askedNs;
    private final AtomicInteger open;
    private final CompletableFuture<List<Verdict>> verdicts = new CompletableFuture<>();
    private boolean wasSpread;

    CheckRound(List<CheckCall> calls, long askedNs) {
        this.calls = List.copyOf(calls);
        this.askedNs = askedNs;
        this.open = new AtomicInteger(
                (int) calls.stream().filter(call -> !call.isAnswered()).count());
        if (open.get() == 0) {
            end();
        }
    }

    /** The verdicts in the order of the calls. */
    CompletableFuture<List<Verdict>> verdicts() {
        return verdicts;
    }

    @Override
    public void run() {
        for (CheckCall call : calls) {
            count(call.run());
        }
    }

    /** Answers for calls that take too long. Called by one thread only. */
    void expire(long nowNs, long timeoutMs) {
        for (CheckCall call : calls) {
            count(call.expire(nowNs, timeoutMs));
        }
        if (nowNs - askedNs > TimeUnit.MILLISECONDS.toNanos(PATIENCE * timeoutMs)) {
            refuse("no thread for the check within " + PATIENCE * timeoutMs + " ms");
        }
    }

    /** Answers for all calls that have not begun. */
    void refuse(String why) {
        for (CheckCall call : calls) {
            count(call.refuse(why));
        }
    }

    /** What should get threads of its own now: the calls that wait behind a slow one. Called by one thread only. */
    List<Runnable> spread(long nowNs) {
        if (wasSpread || nowNs - askedNs < QUICK_NS) {
            return List.of();
        }
        wasSpread = true;
        return calls.stream()
                .filter(call -> !call.isClaimed())
                .<Runnable>map(call -> () -> count(call.run()))
                .toList();
    }

    private void count(boolean answered) {
        if (answered && open.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        verdicts.complete(calls.stream().map(CheckCall::verdict).toList());
    }
}
