package org.hmsach.core.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
    private static final long TIMEOUT_MS = 200;

    private final CountDownLatch released = new CountDownLatch(1);
    private final OrderChecks checks = new OrderChecks(List.of());
    private final CheckRunner runner = new CheckRunner(
            checks, new Modules(new FixedModules().active("gov.checks"), System::currentTimeMillis), TIMEOUT_MS);

    @AfterEach
    void close() {
        released.countDown();
        runner.close();
    }

    @Test
    void asksTheChecksBehindASlowOneOnThreadsOfTheirOwn() throws Exception {
        CountDownLatch quickAsked = new CountDownLatch(1);
        AtomicBoolean before = new AtomicBoolean();
        checks.replace(List.of(
                check("a.slow", () -> {
                    before.set(wait(quickAsked));
                    return allow("a.slow");
                }),
                check("b.quick", () -> {
                    quickAsked.countDown();
                    return allow("b.quick");
                })));
        List<Verdict> verdicts = judge("a.slow", "b.quick");
        assertTrue(before.get(), "the quick check was asked while the slow one ran");
        assertEquals(List.of(allow("a.slow"), allow("b.quick")), verdicts);
    }

    @Test
    void expiresTheHangingCheckAloneAndKeepsTheOrderOfTheRules() throws Exception {
        checks.replace(List.of(
                check("a.hangs", () -> {
                    wait(released);
                    return allow("a.hangs");
                }),
                check("b.quick", () -> allow("b.quick"))));
        List<Verdict> verdicts = judge("a.hangs", "b.quick");
        assertEquals(
                List.of("a.hangs", "b.quick"),
                verdicts.stream().map(Verdict::rule).toList());
        assertEquals(Reason.GOV_CHECK_TIMEOUT, verdicts.get(0).reason());
        assertTrue(verdicts.get(1).allowed());
    }

    @Test
    void leavesNoInterruptForTheNextCheckOfTheThread() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch second = new CountDownLatch(1);
        checks.replace(List.of(
                check("a.hangs", () -> {
                    wait(released);
                    return allow("a.hangs");
                }),
                check("b.hangs", () -> {
                    wait(released);
                    interrupted.set(Thread.currentThread().isInterrupted());
                    second.countDown();
                    return allow("b.hangs");
                })));
        List<Verdict> verdicts = judge("a.hangs", "b.hangs");
        assertEquals(
                2,
                verdicts.stream()
                        .filter(v -> v.reason() == Reason.GOV_CHECK_TIMEOUT)
                        .count());
        checks.replace(List.of(check("c.looks", () -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            return allow("c.looks");
        })));
        for (int i = 0; i < 20; i++) {
            assertEquals(List.of(allow("c.looks")), judge("c.looks"));
            assertFalse(interrupted.get(), "an interrupt was left behind");
        }
    }

    @Test
    void boundsTheCallsOfAHangingCheckAndNamesTheBound() throws Exception {
        checks.replace(List.of(check("a.hangs", () -> {
            while (released.getCount() > 0) {
                wait(released);
            }
            return allow("a.hangs");
        })));
        List<CompletableFuture<CheckRunner.Judgement>> asked = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            asked.add(runner.judge(null, List.of("a.hangs")));
        }
        int bounded = 0;
        for (CompletableFuture<CheckRunner.Judgement> one : asked) {
            Verdict verdict = one.get(30, TimeUnit.SECONDS).verdicts().get(0);
            assertEquals(Reason.GOV_CHECK_TIMEOUT, verdict.reason());
            bounded += verdict.detail().startsWith("64 calls") ? 1 : 0;
        }
        assertEquals(80 - 64, bounded);
    }

    @Test
    void answersWhatWaitsWhenItIsClosed() throws Exception {
        runner.close();
        checks.replace(List.of(check("a.rule", () -> allow("a.rule"))));
        Verdict verdict = judge("a.rule").get(0);
        assertEquals(Reason.GOV_CHECK_TIMEOUT, verdict.reason());
        assertEquals("the order intake was stopped", verdict.detail());
    }

    private List<Verdict> judge(String... rules) throws Exception {
        return runner.judge(null, List.of(rules)).get(30, TimeUnit.SECONDS).verdicts();
    }

    private static Verdict allow(String rule) {
        return Verdict.allow(rule, "1", Map.of());
    }

    /** @return whether it opened; false when interrupted */
    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static OrderCheck check(String rule, Supplier<Verdict> answer) {
        return new OrderCheck() {
            @Override
            public String rule() {
                return rule;
            }

            @Override
            public Verdict check(OrderProposal proposal) {
                return answer.get();
            }
        };
    }
}
