package org.hmsach.core.internal.intake;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of one check: run by the first thread that claims it, answered by the check or by the clock. */
final class CheckCall {
    private static final Logger LOG = LoggerFactory.getLogger(CheckCall.class);
    private static final int MAX_DETAIL = 300;

    private final String rule;
    private final OrderCheck check;
    private final OrderProposal proposal;
    private final Runnable done;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicReference<Verdict> answer = new AtomicReference<>();
    private Thread runner;
    private volatile boolean begun;
    private int ticks;

    /** @param done gives back what was taken for the call; run when the check returns, however late */
    CheckCall(String rule, OrderCheck check, OrderProposal proposal, Runnable done) {
        this.rule = rule;
        this.check = check;
        this.proposal = proposal;
        this.done = done;
    }

    /** A call that needs none: its answer is known. */
    static CheckCall answered(Verdict verdict) {
        CheckCall call = new CheckCall(verdict.rule(), null, null, () -> {});
        call.claimed.set(true);
        call.answer.set(verdict);
        return call;
    }

    String rule() {
        return rule;
    }

    boolean isAnswered() {
        return answer.get() != null;
    }

    boolean isClaimed() {
        return claimed.get();
    }

    Verdict verdict() {
        return answer.get();
    }

    /** Runs the check if no other thread does. @return whether this gave the answer */
    boolean run() {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        begin();
        try {
            return answer.compareAndSet(null, asked());
        } finally {
            end();
            done.run();
        }
    }

    /** Answers in place of a check that was not asked. @return whether this gave the answer */
    boolean refuse(String why) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        done.run();
        return answer.compareAndSet(null, Verdict.unanswered(rule, Reason.GOV_CHECK_TIMEOUT, why));
    }

    /**
     * One tick of the clock: answers in place of a check that takes too long, and interrupts it. Called by one thread.
     *
     * @return whether this gave the answer
     */
    boolean tick(long tickMs, long timeoutMs) {
        // counted from when it runs, and in ticks: neither a late thread nor a pause of the process is the check's
        // fault
        if (!begun || ++ticks * tickMs < timeoutMs) {
            return false;
        }
        String why = "no answer of the check within " + timeoutMs + " ms";
        if (!answer.compareAndSet(null, Verdict.unanswered(rule, Reason.GOV_CHECK_TIMEOUT, why))) {
            return false;
        }
        interrupt();
        return true;
    }

    private synchronized void begin() {
        runner = Thread.currentThread();
        begun = true;
    }

    private synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** After this no interrupt of this call reaches the thread, and none that came is left for the next call. */
    private synchronized void end() {
        runner = null;
        if (Thread.interrupted()) {
            LOG.debug("the check of {} was interrupted", rule);
        }
    }

    private Verdict asked() {
        try {
            Verdict verdict = check.check(proposal);
            if (verdict == null || !verdict.rule().equals(rule)) {
                return Verdict.unanswered(rule, Reason.GOV_CHECK_FAILED, "the check gave no verdict of its rule");
            }
            return verdict;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("Check {} failed", rule, e);
            String text = "the check failed: " + e;
            return Verdict.unanswered(
                    rule, Reason.GOV_CHECK_FAILED, text.substring(0, Math.min(text.length(), MAX_DETAIL)));
        }
    }
}
