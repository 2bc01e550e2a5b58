package org.hmsach.core.internal.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.guard.Guard;
import org.hmsach.core.internal.thread.OwnThreads;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the checks of an order, each within its time and with a bounded number of calls in flight, so that one that
 * hangs costs its own rule only. This is the seam's edge: whatever a check does ends up as a verdict that names its
 * rule. Quick checks follow each other on one thread, shipped ones on the caller's; those behind a slow one get threads
 * of their own.
 */
final class CheckRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);
    private static final Pattern RULE = Pattern.compile(Verdict.RULE_PATTERN);
    private static final Set<String> OTHER_FAMILIES = Set.of("mkt", "mfe", "core", "platform");
    private static final int THREADS = 256;
    private static final long TICK_MS = 5;

    private final OrderChecks seam;
    private final Modules modules;
    private final long timeoutMs;
    private final Set<CheckRound> rounds = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;

    CheckRunner(OrderChecks seam, Modules modules, long timeoutMs) {
        this.seam = seam;
        this.modules = modules;
        this.timeoutMs = timeoutMs;
        this.threads = new ThreadPoolExecutor(
                0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), OwnThreads.numbered("hmsach-check"));
        this.clock = Executors.newSingleThreadScheduledExecutor(OwnThreads.named("hmsach-check-clock"));
        clock.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * What the checks said.
     *
     * @param waitFor  a module that is being replaced and without which a required rule has no answer; then ask again
     * @param verdicts required rules first, in their order; then the others that answered
     */
    record Judgement(Optional<String> waitFor, List<Verdict> verdicts) {}

    /** Asks on threads of its own. */
    CompletableFuture<Judgement> judge(OrderProposal proposal, List<String> requiredRules) {
        return judge(proposal, requiredRules, false);
    }

    /** Asks on the caller's thread when all that are asked are shipped: a hand-over to another thread less. */
    CompletableFuture<Judgement> judgeNear(OrderProposal proposal, List<String> requiredRules) {
        return judge(proposal, requiredRules, true);
    }

    private CompletableFuture<Judgement> judge(OrderProposal proposal, List<String> requiredRules, boolean near) {
        while (true) {
            List<Served<OrderCheck>> now = seam.current();
            Map<String, Served<OrderCheck>> present = byRule(now);
            Optional<String> coming = requiredRules.stream()
                    .filter(rule -> !present.containsKey(rule))
                    .flatMap(rule -> coming(rule).stream())
                    .findFirst();
            if (coming.isPresent()) {
                return CompletableFuture.completedFuture(new Judgement(coming, List.of()));
            }
            Optional<List<CheckCall>> calls = calls(proposal, requiredRules, present);
            if (calls.isPresent()) {
                return ask(calls.get(), near).thenApply(verdicts -> judgement(verdicts, requiredRules, now));
            }
        }
    }

    /** A call for each rule, the required ones first; empty when a check was relieved just now. */
    private Optional<List<CheckCall>> calls(
            OrderProposal proposal, List<String> requiredRules, Map<String, Served<OrderCheck>> present) {
        List<CheckCall> calls = new ArrayList<>();
        for (String rule : requiredRules) {
            if (!present.containsKey(rule)) {
                String detail = "required rule " + rule + " has no check";
                calls.add(CheckCall.answered(Verdict.unanswered(rule, Reason.GOV_CHECK_MISSING, detail)));
            } else {
                modules.here(rule);
            }
        }
        for (Map.Entry<String, Served<OrderCheck>> entry : present.entrySet()) {
            Optional<CheckCall> call = call(entry.getKey(), entry.getValue(), proposal);
            if (call.isEmpty()) {
                calls.forEach(taken -> taken.refuse("the check was relieved"));
                return Optional.empty();
            }
            calls.add(call.get());
        }
        calls.sort(Comparator.comparingInt(call -> place(call.rule(), requiredRules)));
        return Optional.of(calls);
    }

    private static int place(String rule, List<String> requiredRules) {
        int at = requiredRules.indexOf(rule);
        return at < 0 ? requiredRules.size() : at;
    }

    private Optional<CheckCall> call(String rule, Served<OrderCheck> check, OrderProposal proposal) {
        if (!RULE.matcher(rule).matches()) {
            LOG.warn("{} calls its rule '{}', which is no rule name", name(check), rule);
            return Optional.of(
                    CheckCall.answered(Verdict.unanswered("unnamed", Reason.GOV_CHECK_FAILED, "no rule name")));
        }
        Guard guard = seam.guard(rule, check);
        Optional<PlugInException> closed = guard.enter();
        if (closed.isPresent()) {
            boolean busy = closed.get().kind() == PlugInException.Kind.BUSY;
            return Optional.of(CheckCall.answered(Verdict.unanswered(
                    rule,
                    busy ? Reason.GOV_CHECK_TIMEOUT : Reason.GOV_CHECK_FAILED,
                    closed.get().getMessage())));
        }
        CheckCall.Asked asked = new CheckCall.Asked(check.service(), proposal, seam.provenance(check));
        CheckCall call = new CheckCall(rule, asked, guard, () -> {
            guard.leave();
            seam.leave(check);
        });
        if (!seam.enter(check)) {
            call.relieved();
            return Optional.empty();
        }
        return Optional.of(call);
    }

    private static String name(Served<OrderCheck> check) {
        return check.service().getClass().getName();
    }

    private CompletableFuture<List<Verdict>> ask(List<CheckCall> calls, boolean near) {
        CheckRound round = new CheckRound(calls);
        if (round.verdicts().isDone()) {
            return round.verdicts();
        }
        rounds.add(round);
        if (near && calls.stream().allMatch(CheckCall::isNear)) {
            round.run();
        } else {
            execute(round, round);
        }
        return round.verdicts().whenComplete((verdicts, error) -> rounds.remove(round));
    }

    private void tick() {
        for (CheckRound round : rounds) {
            round.tick(TICK_MS, timeoutMs);
            round.spread().forEach(call -> execute(call, round));
        }
    }

    private void execute(Runnable task, CheckRound round) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            round.refuse(
                    threads.isShutdown()
                            ? "the order intake was stopped"
                            : "all " + THREADS + " threads for checks are busy");
        }
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
        return !OTHER_FAMILIES.contains(family);
    }

    private Judgement judgement(List<Verdict> answers, List<String> requiredRules, List<Served<OrderCheck>> before) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Verdict verdict : answers) {
            String rule = verdict.rule();
            boolean required = requiredRules.contains(rule);
            boolean answered = verdict.allowed() || verdict.reason() == Reason.RULE_DENIED;
            if (answered || required) {
                verdicts.add(verdict);
            }
            if (!verdict.allowed() && required && verdict.reason() != Reason.GOV_CHECK_MISSING) {
                // what a check says while it is being taken down is asked again of its successor
                boolean changed = !ids(seam.current()).equals(ids(before)) || isLeaving(rule, before);
                Optional<String> coming =
                        changed ? Optional.of(rule) : answered ? Optional.empty() : governanceComing();
                if (coming.isPresent()) {
                    return new Judgement(coming, List.of());
                }
            }
        }
        return new Judgement(Optional.empty(), verdicts);
    }

    private static List<Long> ids(List<Served<OrderCheck>> checks) {
        return checks.stream().map(Served::serviceId).toList();
    }

    private boolean isLeaving(String rule, List<Served<OrderCheck>> checks) {
        Bundle bundle = Optional.ofNullable(byRule(checks).get(rule))
                .map(check -> FrameworkUtil.getBundle(check.service().getClass()))
                .orElse(null);
        return bundle != null && bundle.getState() != Bundle.ACTIVE;
    }

    /** The highest ranking check of each rule: the list is in ascending order of ranking. */
    private Map<String, Served<OrderCheck>> byRule(List<Served<OrderCheck>> checks) {
        Map<String, Served<OrderCheck>> byRule = new LinkedHashMap<>();
        for (Served<OrderCheck> check : checks) {
            seam.rule(check).ifPresent(rule -> byRule.put(rule, check));
        }
        return byRule;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clock.shutdownNow();
        rounds.forEach(round -> round.refuse("the order intake was stopped"));
    }
}
