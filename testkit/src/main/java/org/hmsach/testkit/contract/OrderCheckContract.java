package org.hmsach.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

/** What the core relies on when it asks an {@link OrderCheck}. */
public abstract class OrderCheckContract {
    private static final Duration CORE_WAITS = Duration.ofMillis(250);
    /** One late answer may be the fault of a busy machine. */
    private static final int TRIES = 5;

    private static final int THREADS = 4;
    private static final int ROUNDS = 200;

    /** The check to be tested, ready to answer. */
    protected abstract OrderCheck check();

    /** Symbol that the sample orders name. */
    protected String symbol() {
        return "IBM";
    }

    @Test
    void namesItsRule() {
        OrderCheck check = check();
        assertTrue(check.rule().matches(Verdict.RULE_PATTERN), check::rule);
        assertEquals(check.rule(), check.rule(), "the name must not change");
    }

    @Test
    void answersEveryOrderUnderItsRuleWithAPolicyVersion() {
        OrderCheck check = check();
        assertAll(proposals().stream().map(proposal -> () -> assertSound(check, proposal)));
    }

    @Test
    void explainsARefusal() {
        OrderCheck check = check();
        for (OrderProposal proposal : proposals()) {
            Verdict verdict = check.check(proposal);
            assertTrue(
                    verdict.allowed() || !verdict.detail().isBlank(),
                    () -> "a refusal without a word about " + proposal.request());
        }
    }

    @Test
    void answersInTheTimeTheCoreWaits() throws Exception {
        OrderCheck check = check();
        List<OrderProposal> proposals = proposals();
        proposals.forEach(check::check);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (OrderProposal proposal : proposals) {
                boolean inTime = false;
                for (int time = 0; time < TRIES && !inTime; time++) {
                    inTime = answersInTime(threads.submit(() -> check.check(proposal)));
                }
                assertTrue(
                        inTime,
                        () -> "none of " + TRIES + " answers came within " + CORE_WAITS.toMillis() + " ms, about "
                                + proposal.request());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean answersInTime(Future<Verdict> answer) throws Exception {
        try {
            answer.get(CORE_WAITS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            answer.cancel(true);
            return false;
        }
    }

    @Test
    void saysTheSameInAPreview() {
        OrderCheck check = check();
        for (OrderProposal proposal : proposals()) {
            assertEquals(
                    check.check(proposal).allowed(),
                    check.check(asPreview(proposal)).allowed(),
                    () -> "preview and order differ about " + proposal.request());
        }
    }

    @Test
    void answersManyThreadsAlike() throws Exception {
        OrderCheck check = check();
        List<OrderProposal> proposals = proposals();
        List<Boolean> expected = answers(check, proposals);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Boolean>>> tasks = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                tasks.add(() -> answers(check, proposals));
            }
            for (Future<List<Boolean>> answer : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                assertFalse(answer.isCancelled(), "not done after a minute");
                assertEquals(expected, answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Orders that a check may meet; add your own by overriding. */
    protected List<OrderProposal> proposals() {
        Optional<ReferencePrice> price = Optional.of(Samples.price("185.40"));
        return List.of(
                Samples.proposal(Samples.market(Side.BUY, symbol(), "1"), price),
                Samples.proposal(Samples.market(Side.BUY, symbol(), "1"), Optional.empty()),
                Samples.proposal(Samples.market(Side.SELL, symbol(), "0.000001"), price),
                Samples.proposal(Samples.limit(Side.BUY, symbol(), "10", "185.40"), price),
                Samples.proposal(Samples.limit(Side.BUY, symbol(), "10", "185.40"), Optional.empty()),
                Samples.proposal(Samples.limit(Side.SELL, symbol(), "10", "0.00000001"), price),
                Samples.proposal(Samples.limit(Side.BUY, symbol(), "10", "999999999"), price),
                Samples.proposal(Samples.limit(Side.BUY, symbol(), "10", "185", TimeInForce.FOK), price),
                Samples.proposal(largest(), price),
                beforeTheFirstBusinessDate(Samples.proposal(Samples.market(Side.BUY, symbol(), "1"), price)),
                replacing(Samples.proposal(Samples.limit(Side.BUY, symbol(), "5", "180"), price)));
    }

    private void assertSound(OrderCheck check, OrderProposal proposal) {
        Verdict verdict = check.check(proposal);
        assertNotNull(verdict, () -> "no verdict about " + proposal.request());
        assertEquals(check.rule(), verdict.rule());
        assertFalse(verdict.policyVersion().isBlank(), "no policy version");
    }

    private static List<Boolean> answers(OrderCheck check, List<OrderProposal> proposals) {
        return proposals.stream()
                .map(proposal -> check.check(proposal).allowed())
                .toList();
    }

    private OrderRequest largest() {
        return new OrderRequest(
                Samples.ACCOUNT,
                "largest",
                symbol(),
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                Long.MAX_VALUE,
                OptionalLong.of(Long.MAX_VALUE));
    }

    private static OrderProposal asPreview(OrderProposal p) {
        return new OrderProposal(
                p.request(),
                p.principal(),
                p.account(),
                p.instrument(),
                p.reference(),
                p.replaces(),
                p.businessDate(),
                true);
    }

    private static OrderProposal beforeTheFirstBusinessDate(OrderProposal p) {
        return new OrderProposal(
                p.request(),
                p.principal(),
                p.account(),
                p.instrument(),
                p.reference(),
                p.replaces(),
                Optional.empty(),
                p.preview());
    }

    private static OrderProposal replacing(OrderProposal p) {
        return new OrderProposal(
                p.request(),
                p.principal(),
                p.account(),
                p.instrument(),
                p.reference(),
                Optional.of(Samples.accepted(p.request(), "paper")),
                p.businessDate(),
                p.preview());
    }
}
