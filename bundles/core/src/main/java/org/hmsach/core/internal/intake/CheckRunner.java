package org.hmsach.core.internal.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all checks at once, each within its time and with a bounded number of calls in flight, so that one that hangs
 * costs its own rule only. This is the seam's edge: whatever a check does ends up as a verdict that names its rule.
 */
final class CheckRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);
    private static final int CALLS_PER_RULE = 64;
    private static final int THREADS = 256;
    private static final int MAX_DETAIL = 300;
    private static final int ROUNDS_TO_BEGIN = 8;

    private final OrderChecks seam;
    private final Modules modules;
    private final long timeoutMs;
    private final Map<String, Semaphore> callsByRule = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor clock;

    CheckRunner(OrderChecks seam, Modules modules, long timeoutMs) {
        this.seam = seam;
        this.modules = modules;
        this.timeoutMs = timeoutMs;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "hmsach-check-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hmsach-check-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * What the checks said.
     *
     * @param waitFor  a module that is being replaced and without which a required rule has no answer; then ask again
     * @param verdicts required rules first, in their order; then the others that answered
     */
    record Judgement(Optional<String> waitFor, List<Verdict> verdicts) {}

    CompletableFuture<Judgement> judge(OrderProposal proposal, List<String> requiredRules) {
        List<OrderCheck> now = seam.current();
        Map<String, OrderCheck> present = byRule(now);
        Map<String, CompletableFuture<Verdict>> asked = new LinkedHashMap<>();
        for (String rule : requiredRules) {
            OrderCheck check = present.remove(rule);
            if (check != null) {
                modules.here(rule);
                asked.put(rule, ask(rule, check, proposal));
                continue;
            }
            Optional<String> coming = coming(rule);
            if (coming.isPresent()) {
                return CompletableFuture.completedFuture(new Judgement(coming, List.of()));
            }
            String detail = "required rule " + rule + " has no check";
            asked.put(
                    rule,
                    CompletableFuture.completedFuture(Verdict.unanswered(rule, Reason.GOV_CHECK_MISSING, detail)));
        }
        present.forEach((rule, check) -> asked.put(rule, ask(rule, check, proposal)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> judgement(asked, requiredRules, now));
    }

    private Optional<String> coming(String rule) {
        Optional<String> module = governanceComing();
        return module.isEmpty() && modules.justGone(rule) ? Optional.of(rule) : module;
    }

    private Optional<String> governanceComing() {
        return modules.coming(status -> isGovernance(status.family()));
    }

    /** Vendors' checks and those that declare no family of ours are governance too. */
    private static boolean isGovernance(String family) {
        return !family.equals("mkt") && !family.equals("mfe") && !family.equals("core");
    }

    private Judgement judgement(
            Map<String, CompletableFuture<Verdict>> asked, List<String> requiredRules, List<OrderCheck> before) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Map.Entry<String, CompletableFuture<Verdict>> answer : asked.entrySet()) {
            String rule = answer.getKey();
            Verdict verdict = answer.getValue().join();
            boolean required = requiredRules.contains(rule);
            boolean answered = verdict.allowed() || verdict.reason() == Reason.RULE_DENIED;
            if (answered || required) {
                verdicts.add(verdict);
            }
            if (!verdict.allowed() && required && verdict.reason() != Reason.GOV_CHECK_MISSING) {
                // what a check says while it is being taken down is asked again of its successor
                boolean changed = !seam.current().equals(before) || isLeaving(rule, before);
                Optional<String> coming =
                        changed ? Optional.of(rule) : answered ? Optional.empty() : governanceComing();
                if (coming.isPresent()) {
                    return new Judgement(coming, List.of());
                }
            }
        }
        return new Judgement(Optional.empty(), verdicts);
    }

    private static boolean isLeaving(String rule, List<OrderCheck> checks) {
        Bundle bundle = Optional.ofNullable(byRule(checks).get(rule))
                .map(check -> FrameworkUtil.getBundle(check.getClass()))
                .orElse(null);
        return bundle != null && bundle.getState() != Bundle.ACTIVE;
    }

    /** The highest ranking check of each rule: the list is in ascending order of ranking. */
    private static Map<String, OrderCheck> byRule(List<OrderCheck> checks) {
        Map<String, OrderCheck> byRule = new LinkedHashMap<>();
        for (OrderCheck check : checks) {
            try {
                byRule.put(check.rule(), check);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A check of {} has no rule name: {}", check.getClass().getName(), e.toString());
            }
        }
        return byRule;
    }

    private CompletableFuture<Verdict> ask(String rule, OrderCheck check, OrderProposal proposal) {
        if (!rule.matches(Verdict.RULE_PATTERN)) {
            LOG.warn(
                    "{} calls its rule '{}', which is no rule name",
                    check.getClass().getName(),
                    rule);
            return CompletableFuture.completedFuture(
                    Verdict.unanswered("unnamed", Reason.GOV_CHECK_FAILED, "no rule name"));
        }
        Semaphore calls = callsByRule.computeIfAbsent(rule, name -> new Semaphore(CALLS_PER_RULE));
        if (!calls.tryAcquire()) {
            return CompletableFuture.completedFuture(Verdict.unanswered(
                    rule, Reason.GOV_CHECK_TIMEOUT, CALLS_PER_RULE + " calls of the check have not come back"));
        }
        Call call = new Call(rule, check, proposal);
        try {
            call.thread = threads.submit(() -> {
                try {
                    call.run();
                } finally {
                    calls.release();
                }
            });
        } catch (RejectedExecutionException e) {
            calls.release();
            String why = threads.isShutdown()
                    ? "the order intake was stopped"
                    : "all " + THREADS + " threads for checks are busy";
            return CompletableFuture.completedFuture(Verdict.unanswered(rule, Reason.GOV_CHECK_TIMEOUT, why));
        }
        watch(call, 1);
        return call.answer;
    }

    /**
     * The time of a check begins when it runs: on a busy machine a thread may come late, and that is not the
     * check's fault.
     */
    private void watch(Call call, int round) {
        try {
            call.timer = clock.schedule(
                    () -> {
                        if (call.begun || round == ROUNDS_TO_BEGIN) {
                            call.expire(timeoutMs);
                        } else {
                            watch(call, round + 1);
                        }
                    },
                    timeoutMs,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            call.expire(timeoutMs);
        }
    }

    /** One call of one check. */
    private static final class Call {
        private final String rule;
        private final OrderCheck check;
        private final OrderProposal proposal;
        private final CompletableFuture<Verdict> answer = new CompletableFuture<>();
        private volatile boolean begun;
        private volatile Future<?> thread;
        private volatile Future<?> timer;

        Call(String rule, OrderCheck check, OrderProposal proposal) {
            this.rule = rule;
            this.check = check;
            this.proposal = proposal;
        }

        void run() {
            begun = true;
            Verdict verdict = call(rule, check, proposal);
            Future<?> running = timer;
            if (running != null) {
                running.cancel(false);
            }
            answer.complete(verdict);
        }

        void expire(long timeoutMs) {
            String why = "no answer of the check within " + timeoutMs + " ms";
            if (answer.complete(Verdict.unanswered(rule, Reason.GOV_CHECK_TIMEOUT, why))) {
                thread.cancel(true);
            }
        }
    }

    private static Verdict call(String rule, OrderCheck check, OrderProposal proposal) {
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

    @Override
    public void close() {
        threads.shutdownNow();
        clock.shutdown();
    }
}
