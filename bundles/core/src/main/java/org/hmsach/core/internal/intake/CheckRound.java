package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.rule.Verdict;

/** All calls of one judgement. As a task it runs them one after the other, leaving out what others have claimed. */
final class CheckRound implements Runnable {
    /** A round that takes longer has a slow check in it: the rest need not wait for that one. */
    private static final int QUICK_TICKS = 2;
    /** How long a call may wait for a thread, as a multiple of the time that a check may take. */
    private static final int PATIENCE = 8;

    private final List<CheckCall> calls;
    private final AtomicInteger open;
    private final CompletableFuture<List<Verdict>> verdicts = new CompletableFuture<>();
    private int ticks;
    private boolean wasSpread;

    CheckRound(List<CheckCall> calls) {
        this.calls = List.copyOf(calls);
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

    /** One tick of the clock: answers for calls that take too long. Called by one thread only. */
    void tick(long tickMs, long timeoutMs) {
        ticks++;
        for (CheckCall call : calls) {
            count(call.tick(tickMs, timeoutMs));
        }
        if (ticks * tickMs > PATIENCE * timeoutMs) {
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
    List<Runnable> spread() {
        if (wasSpread || ticks < QUICK_TICKS) {
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
