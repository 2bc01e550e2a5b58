package org.hmsach.ops.internal.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.hmsach.api.account.Account;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.shadow.ShadowReport.Row;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShadowQueueTest {
    private static final String RULE = "gov.size";

    private final CountDownLatch released = new CountDownLatch(1);
    private final Tally tally = new Tally();
    private final List<ShadowQueue> queues = new ArrayList<>();

    @AfterEach
    void close() {
        released.countDown();
        queues.forEach(ShadowQueue::close);
    }

    @Test
    void showsEachDisagreementWithTheOrderBehindIt() {
        ShadowQueue queue = queue(check(proposal -> proposal.request().qtyE8() > 200_000_000
                ? Verdict.deny(RULE, "2", "too large", Map.of("value", "3", "limit", "2"))
                : Verdict.allow(RULE, "2", Map.of())));
        Judged small = judged("2", Verdict.allow(RULE, "1", Map.of()));
        Judged large = judged("3", Verdict.allow(RULE, "1", Map.of("value", "3")));
        Judged both = judged("4", Verdict.deny(RULE, "1", "also too large", Map.of()));
        List.of(small, large, both).forEach(queue::offer);
        await(() -> tally.sums().compared() == 3);
        assertEquals(1, tally.sums().stricter());
        assertEquals(0, tally.sums().looser());
        Row row = tally.rows().get(0);
        assertEquals(RULE, row.rule());
        assertEquals(Samples.ACCOUNT.toString(), row.account());
        assertEquals(3, row.compared());
        assertEquals(1, row.disagreements().size());
        ShadowReport.Disagreement seen = row.disagreements().get(0);
        assertEquals(large.order().orElseThrow().toString(), seen.order());
        assertEquals(large.proposal().request().clientOrderId(), seen.clientOrderId());
        assertEquals("allow", seen.live().answer());
        assertEquals(new ShadowReport.Said("deny", "RULE_DENIED", "too large", "3", "2"), seen.shadow());
    }

    @Test
    void tellsALooserShadowFromAStricterOneAndWhatNothingElseJudges() {
        ShadowQueue queue = queue(check(proposal -> Verdict.allow(RULE, "2", Map.of())));
        queue.offer(judged("1", Verdict.deny(RULE, "1", "no", Map.of())));
        queue.offer(judged("1", Verdict.unanswered(RULE, Reason.GOV_CHECK_TIMEOUT, "slow")));
        queue.offer(judged("1", Verdict.allow("gov.other", "1", Map.of())));
        await(() -> tally.sums().compared() == 3);
        assertEquals(2, tally.sums().looser(), "the third has no such rule and passes on both sides");
        assertEquals(0, tally.sums().stricter());
    }

    @Test
    void neverWaitsForAShadowThatHangsAndCountsWhatItDropped() {
        CountDownLatch asked = new CountDownLatch(1);
        ShadowQueue queue = queue(check(proposal -> {
            asked.countDown();
            while (released.getCount() > 0) {
                LockSupport.parkNanos(1_000_000); // deaf to interrupts
            }
            return Verdict.allow(RULE, "2", Map.of());
        }));
        Judged judged = judged("1", Verdict.allow(RULE, "1", Map.of()));
        queue.offer(judged);
        await(() -> asked.getCount() == 0);
        for (int i = 0; i < ShadowQueue.PLACES + 10; i++) {
            queue.offer(judged);
        }
        assertEquals(10, queue.dropped());
        assertEquals(ShadowQueue.PLACES, queue.waiting());
        assertEquals(ShadowQueue.PLACES + 11, queue.orders());
    }

    @Test
    void interruptsALateCallCountsItAndLeavesTheNextInPeace() {
        List<Boolean> wasInterrupted = new ArrayList<>();
        CountDownLatch never = new CountDownLatch(1);
        ShadowQueue queue = queue(Duration.ofSeconds(1), check(proposal -> {
            wasInterrupted.add(Thread.currentThread().isInterrupted());
            if (wasInterrupted.size() == 1) {
                waitFor(never);
            }
            return Verdict.allow(RULE, "2", Map.of());
        }));
        queue.offer(judged("1", Verdict.allow(RULE, "1", Map.of())));
        queue.offer(judged("1", Verdict.allow(RULE, "1", Map.of())));
        await(() -> {
            queue.tick();
            return tally.sums().compared() == 1;
        });
        assertEquals(1, tally.sums().late());
        assertEquals(List.of(false, false), wasInterrupted);
    }

    @Test
    void countsWhatThrowsAndWhatAnswersForAnotherRule() {
        ShadowQueue queue = queue(
                check(proposal -> {
                    throw new IllegalStateException("broken");
                }),
                check(proposal -> Verdict.allow("gov.another", "2", Map.of())),
                check(proposal -> Verdict.allow(RULE, "2", Map.of())));
        queue.offer(judged("1", Verdict.allow(RULE, "1", Map.of())));
        await(() -> tally.sums().compared() == 1);
        assertEquals(2, tally.sums().failed());
        assertTrue(
                tally.sums().lastFailure().contains("no verdict of its rule"),
                tally.sums().lastFailure());
    }

    @Test
    void keepsRowsAndDisagreementsWithinBounds() {
        ShadowReport.Said said = new ShadowReport.Said("allow", "", "", "", "");
        Comparison differs = new Comparison(RULE, 1, said, said);
        int accounts = Tally.MOST_ROWS + 5;
        for (int i = 0; i < accounts; i++) {
            tally.add(judged("1", Verdict.allow(RULE, "1", Map.of())).subject(), differs);
            tally.add(of(Samples.account(Samples.newId(), 0)).subject(), differs);
        }
        List<Row> rows = tally.rows();
        assertEquals(Tally.MOST_ROWS + 1, rows.size(), "further accounts share a row");
        assertEquals(2L * accounts, tally.sums().stricter());
        assertEquals(2L * accounts, rows.stream().mapToLong(Row::compared).sum());
        assertEquals(
                Tally.MOST_SHOWN,
                rows.stream().mapToInt(row -> row.disagreements().size()).sum());
        assertEquals(
                Tally.MOST_OF_A_ROW,
                rows.stream().mapToInt(row -> row.disagreements().size()).max().orElseThrow());
        rows.forEach(row ->
                assertEquals(row.stricter(), row.disagreements().size() + row.notShown(), "all are shown or counted"));
    }

    private ShadowQueue queue(OrderCheck... checks) {
        return queue(Duration.ofSeconds(60), checks);
    }

    private ShadowQueue queue(Duration late, OrderCheck... checks) {
        ShadowQueue queue = new ShadowQueue("test", new CheckQuestions(() -> List.of(checks)), tally, late);
        queues.add(queue);
        return queue;
    }

    private static Judged judged(String qty, Verdict verdict) {
        OrderRequest request = Samples.limit(Side.BUY, "IBM", qty, "99");
        return new Judged(
                Samples.proposal(request, Optional.empty()), List.of(verdict), Optional.of(Samples.newId()), 1);
    }

    private static Judged of(Account account) {
        OrderRequest one = Samples.limit(Side.BUY, "IBM", "1", "99");
        OrderRequest request = new OrderRequest(
                account.id(),
                one.clientOrderId(),
                one.symbol(),
                one.side(),
                one.type(),
                one.timeInForce(),
                one.qtyE8(),
                one.limitPriceE8());
        return new Judged(Samples.proposal(request, Optional.empty()), List.of(), Optional.empty(), 1);
    }

    private static OrderCheck check(Function<OrderProposal, Verdict> answer) {
        return new OrderCheck() {
            @Override
            public String rule() {
                return RULE;
            }

            @Override
            public Verdict check(OrderProposal proposal) {
                return answer.apply(proposal);
            }
        };
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted, as a late call is", e);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
