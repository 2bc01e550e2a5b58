package org.hmsach.core.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.registry.Gates;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
    private static final long AMPLE_MS = 60_000;
    /** A check that hangs is given up then; ample for one that only answers. */
    private static final long SOON_MS = 1_000;

    private final CountDownLatch released = new CountDownLatch(1);
    private final Gates gates = new Gates();
    private Map<String, String> from = Map.of();
    private final OrderChecks checks = new OrderChecks(gates, Offered.guards(), bundle -> from);
    private final FixedModules registry = new FixedModules().active("gov.checks");
    private final CheckRunner runner = runner(registry, AMPLE_MS);

    @AfterEach
    void close() {
        released.countDown();
        runner.close();
    }

    @Test
    void asksTheChecksBehindASlowOneOnThreadsOfTheirOwn() throws Exception {
        CountDownLatch quickAsked = new CountDownLatch(1);
        AtomicBoolean before = new AtomicBoolean();
        Offered.replace(
                checks,
                List.of(
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
        Offered.replace(
                checks,
                List.of(
                        check("a.hangs", () -> {
                            wait(released);
                            return allow("a.hangs");
                        }),
                        check("b.quick", () -> allow("b.quick"))));
        CheckRunner hasty = runner(registry, SOON_MS);
        List<Verdict> verdicts = judge(hasty, "a.hangs", "b.quick");
        assertEquals(
                List.of("a.hangs", "b.quick"),
                verdicts.stream().map(Verdict::rule).toList());
        assertEquals(Reason.GOV_CHECK_TIMEOUT, verdicts.get(0).reason());
        assertTrue(verdicts.get(1).allowed());
        hasty.close();
    }

    @Test
    void endsACallOnTheVersionItBeganOnAndSendsTheNextToTheOther() throws Exception {
        gates.put(1, "gov.checks", "hms:gov.checks");
        gates.put(2, "gov.checks", ModuleSwitch.BESIDE + "gov.checks");
        CountDownLatch began = new CountDownLatch(1);
        checks.replace(List.of(
                Offered.entry(check("a.rule", () -> Verdict.allow("a.rule", "new", Map.of())), 2),
                Offered.entry(
                        check("a.rule", () -> {
                            began.countDown();
                            wait(released);
                            return Verdict.allow("a.rule", "old", Map.of());
                        }),
                        1)));
        CompletableFuture<CheckRunner.Judgement> first = runner.judge(null, List.of("a.rule"));
        assertTrue(wait(began), "the old one was asked");
        gates.serve(2);
        assertEquals(1, gates.inFlight(1), "the old one is still in use");
        assertEquals("new", judge("a.rule").get(0).policyVersion());
        released.countDown();
        assertEquals("old", first.get(30, TimeUnit.SECONDS).verdicts().get(0).policyVersion());
        assertEquals(List.of(0L, 0L), List.of(gates.inFlight(1), gates.inFlight(2)));
    }

    @Test
    void awaitsNoModuleThatBringsNoChecks() throws Exception {
        Offered.replace(checks, List.of());
        for (String module : List.of("platform.gateway", "mkt.venue", "mfe.books")) {
            FixedModules coming = new FixedModules();
            coming.parked(module);
            CheckRunner hasty = runner(coming, AMPLE_MS);
            CheckRunner.Judgement judgement =
                    hasty.judge(null, List.of("a.rule")).get(30, TimeUnit.SECONDS);
            assertEquals(Optional.empty(), judgement.waitFor(), module);
            assertEquals(Reason.GOV_CHECK_MISSING, judgement.verdicts().get(0).reason());
            hasty.close();
        }
    }

    @Test
    void keepsNoPlaceOfACheckWhileAnotherRuleIsAwaited() throws Exception {
        checks.replace(Offered.entries(List.of(check("a.rule", () -> allow("a.rule")))));
        FixedModules coming = new FixedModules();
        coming.parked("gov.checks");
        CheckRunner waiting = runner(coming, AMPLE_MS);
        for (int i = 0; i < 100; i++) {
            assertTrue(waiting.judge(null, List.of("a.rule", "b.coming"))
                    .get(10, TimeUnit.SECONDS)
                    .waitFor()
                    .isPresent());
        }
        assertTrue(waiting.judge(null, List.of("a.rule"))
                .get(10, TimeUnit.SECONDS)
                .verdicts()
                .get(0)
                .allowed());
        waiting.close();
    }

    @Test
    void leavesNoInterruptForTheNextCheckOfTheThread() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch second = new CountDownLatch(1);
        Offered.replace(
                checks,
                List.of(
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
        CheckRunner hasty = runner(registry, SOON_MS);
        List<Verdict> verdicts = judge(hasty, "a.hangs", "b.hangs");
        assertEquals(
                2,
                verdicts.stream()
                        .filter(v -> v.reason() == Reason.GOV_CHECK_TIMEOUT)
                        .count());
        Offered.replace(checks, List.of(check("c.looks", () -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            return allow("c.looks");
        })));
        for (int i = 0; i < 20; i++) {
            assertEquals(List.of(allow("c.looks")), judge(hasty, "c.looks"));
            assertFalse(interrupted.get(), "an interrupt was left behind");
        }
        hasty.close();
    }

    @Test
    void boundsTheCallsOfAHangingCheckAndNamesTheBound() throws Exception {
        Offered.replace(checks, List.of(check("a.hangs", () -> {
            wait(released);
            return allow("a.hangs");
        })));
        List<CompletableFuture<CheckRunner.Judgement>> asked = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            asked.add(runner.judge(null, List.of("a.hangs")));
        }
        List<Verdict> bounded = asked.stream()
                .filter(CompletableFuture::isDone)
                .map(one -> one.join().verdicts().get(0))
                .toList();
        assertEquals(80 - 64, bounded.size());
        assertTrue(bounded.stream()
                .allMatch(one ->
                        one.reason() == Reason.GOV_CHECK_TIMEOUT && one.detail().startsWith("64 calls")));
        released.countDown();
        for (CompletableFuture<CheckRunner.Judgement> one : asked) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void asksACheckNoMoreThatFailsAgainAndAgainAndRefusesByItsName() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Offered.replace(checks, List.of(check("a.breaks", () -> {
            throw new IllegalStateException("time " + asked.incrementAndGet());
        })));
        for (int i = 0; i < 20; i++) {
            assertEquals(Reason.GOV_CHECK_FAILED, judge("a.breaks").get(0).reason());
        }
        assertEquals(5, asked.get());
        Verdict refusal = judge("a.breaks").get(0);
        assertTrue(refusal.detail().contains("a.breaks") && refusal.detail().contains("time 5"), refusal.detail());
    }

    @Test
    void tellsInTheVerdictWhoseCodeGaveItAndLeavesRoomForThat() throws Exception {
        from = Map.of(Provenance.DIGEST, "ab".repeat(32), Provenance.SIGNER, "acme");
        Map<String, String> most = new TreeMap<>();
        for (int i = 0; i < Provenance.OWN_INPUTS; i++) {
            most.put("input" + i, "1");
        }
        Map<String, String> tooMany = new TreeMap<>(most);
        tooMany.put("one.more", "1");
        Offered.replace(
                checks,
                List.of(
                        check("a.fits", () -> Verdict.allow("a.fits", "1", most)),
                        check("b.fills", () -> Verdict.allow("b.fills", "1", tooMany))));
        List<Verdict> verdicts = judge("a.fits", "b.fills");
        Map<String, String> whole = new TreeMap<>(most);
        whole.putAll(from);
        assertEquals(whole, verdicts.get(0).inputs());
        assertEquals(Reason.GOV_CHECK_FAILED, verdicts.get(1).reason());
        assertTrue(
                verdicts.get(1).detail().contains("15 inputs are more than 14"),
                verdicts.get(1).detail());
    }

    @Test
    void asksEachCheckItsNameOnce() throws Exception {
        AtomicInteger named = new AtomicInteger();
        Offered.replace(checks, List.of(new OrderCheck() {
            @Override
            public String rule() {
                named.incrementAndGet();
                return "a.rule";
            }

            @Override
            public Verdict check(OrderProposal proposal) {
                return allow("a.rule");
            }
        }));
        judge("a.rule");
        judge("a.rule");
        assertEquals(1, named.get());
    }

    @Test
    void answersWhatWaitsWhenItIsClosed() throws Exception {
        runner.close();
        Offered.replace(checks, List.of(check("a.rule", () -> allow("a.rule"))));
        Verdict verdict = judge("a.rule").get(0);
        assertEquals(Reason.GOV_CHECK_TIMEOUT, verdict.reason());
        assertEquals("the order intake was stopped", verdict.detail());
    }

    private List<Verdict> judge(String... rules) throws Exception {
        return judge(runner, rules);
    }

    private static List<Verdict> judge(CheckRunner runner, String... rules) throws Exception {
        return runner.judge(null, List.of(rules)).get(30, TimeUnit.SECONDS).verdicts();
    }

    private static Verdict allow(String rule) {
        return Verdict.allow(rule, "1", Map.of());
    }

    private CheckRunner runner(FixedModules known, long timeoutMs) {
        return new CheckRunner(checks, new Modules(known, System::currentTimeMillis), timeoutMs);
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
        return Offered.check(rule, proposal -> answer.get());
    }
}
