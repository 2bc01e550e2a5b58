package org.hmsach.core.internal.intake;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.guard.Guard;
import org.hmsach.core.internal.guard.Running;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of one check: run by the first thread that claims it, answered by the check or by the clock. */
final class CheckCall {
    private static final Logger LOG = LoggerFactory.getLogger(CheckCall.class);
    private static final int MAX_DETAIL = 300;

    private final String rule;
    private final Asked asked;
    private final Runnable done;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicReference<Verdict> answer = new AtomicReference<>();
    private final Guard guard;
    private final Running running;
    private volatile boolean begun;
    private int ticks;

    /**
     * Who is asked what.
     *
     * @param provenance what is added to the inputs of the verdict: where it comes from
     */
    record Asked(OrderCheck check, OrderProposal proposal, Map<String, String> provenance) {}

    /** @param done gives back what was taken for the call; run when the check returns, however late */
    CheckCall(String rule, Asked asked, Guard guard, Runnable done) {
        this.rule = rule;
        this.asked = asked;
        this.guard = guard;
        this.running = guard.running("check");
        this.done = done;
    }

    private CheckCall(Verdict verdict) {
        this.rule = verdict.rule();
        this.asked = null;
        this.guard = null;
        this.running = null;
        this.done = () -> {};
        claimed.set(true);
        answer.set(verdict);
    }

    /** A call that needs none: its answer is known. */
    static CheckCall answered(Verdict verdict) {
        return new CheckCall(verdict);
    }

    /** Gives up what was taken for the call, before it could be made. */
    void relieved() {
        guard.wasNotAsked(running);
        guard.leave();
    }

    String rule() {
        return rule;
    }

    boolean isAnswered() {
        return answer.get() != null;
    }

    /** Whether it may run on the caller's thread: it is answered, or the check is shipped with the platform. */
    boolean isNear() {
        return isAnswered() || guard.isOurs();
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
        running.begin();
        begun = true;
        try {
            return answer.compareAndSet(null, ask());
        } finally {
            if (running.end()) {
                LOG.debug("the check of {} was interrupted", rule);
            }
            done.run();
        }
    }

    /** Answers in place of a check that was not asked. @return whether this gave the answer */
    boolean refuse(String why) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        guard.wasNotAsked(running);
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
        guard.wasLate(running, timeoutMs);
        return true;
    }

    private Verdict ask() {
        try {
            Verdict verdict = asked.check().check(asked.proposal());
            if (verdict == null || !verdict.rule().equals(rule)) {
                guard.wasWrong(running, "no verdict of its rule");
                return Verdict.unanswered(rule, Reason.GOV_CHECK_FAILED, "the check gave no verdict of its rule");
            }
            if (verdict.inputs().size() > Provenance.OWN_INPUTS) {
                String much = verdict.inputs().size() + " inputs are more than " + Provenance.OWN_INPUTS;
                guard.wasWrong(running, much);
                return Verdict.unanswered(rule, Reason.GOV_CHECK_FAILED, much);
            }
            guard.wasWell(running);
            return Provenance.marked(verdict, asked.provenance());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.warn("Check {} failed", rule, e);
            guard.wasWrong(running, e.toString());
            String text = "the check failed: " + e;
            return Verdict.unanswered(
                    rule, Reason.GOV_CHECK_FAILED, text.substring(0, Math.min(text.length(), MAX_DETAIL)));
        }
    }
}
