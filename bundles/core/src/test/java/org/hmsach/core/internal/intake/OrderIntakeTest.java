package org.hmsach.core.internal.intake;

import static org.hmsach.core.internal.intake.Offered.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrderIntakeTest {
    private static final Origin ORIGIN = Origin.ofModule("gateway");
    private static final String RULE = "gov.collar";
    private static final long AMPLE_MS = 60_000;

    private final FakeDoor door = new FakeDoor();
    private final FakePortfolio portfolio = new FakePortfolio()
            .put(Samples.account(Samples.ACCOUNT, 1_000_000))
            .put(Samples.instrument("IBM", "paper"))
            .require(List.of(RULE));
    private final FixedModules modules = new FixedModules().active("mfe.exec", "mkt.venue", "mkt.data", "gov.checks");
    private final OrderChecks checks = Offered.checks(List.of(check(RULE, p -> Verdict.allow(RULE, "1", Map.of()))));
    private final FakeMarketData market = new FakeMarketData().quote("IBM", "99.99", "100.00");
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final AtomicLong clockMs = new AtomicLong(1_000_000);
    private final OrderIntake intake = intake(Offered.prices(List.of(market)), AMPLE_MS, AMPLE_MS);

    private record Heard(OrderProposal proposal, List<Verdict> verdicts, Optional<UUID> order) {}

    private OrderIntake intake(Prices prices, long checkMs, long parkedMs) {
        Modules known = new Modules(modules, clockMs::get);
        return new OrderIntake(
                new OrderIntake.Core(door, portfolio, new FakeTape()),
                new Ground(
                        known, prices, Offered.fees(List.of()), Offered.venues(List.of(new NamedVenue("paper"))), 500),
                new CheckRunner(checks, known, checkMs),
                new Parking(10, parkedMs),
                new Judgements(List.of(
                        (proposal, verdicts, order) -> heard.add(new Heard(proposal, verdicts, order)),
                        (proposal, verdicts, order) -> {
                            throw new IllegalStateException("a listener that is broken");
                        })));
    }

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void attachesPriceReserveAndVerdicts() throws Exception {
        door.acceptAll();
        assertEquals(
                Optional.empty(), place(Samples.market(Side.BUY, "IBM", "3")).refusal());
        Commands.PlaceOrder placed = door.await(Commands.PlaceOrder.class);
        assertEquals(Scale8.parse("100"), placed.reference().orElseThrow().priceE8());
        assertEquals(Scale8.parse("105"), placed.reserveLimitE8());
        assertEquals(
                List.of(RULE), placed.verdicts().stream().map(Verdict::rule).toList());
        assertTrue(placed.verdicts().get(0).allowed());
    }

    @Test
    void tellsWhoListensWhatTheChecksSaidAndWhichOrderItBecame() throws Exception {
        door.acceptAll();
        OrderRequest request = Samples.market(Side.BUY, "IBM", "3");
        Outcome outcome = place(request);
        assertEquals(1, heard.size());
        assertEquals(request, heard.get(0).proposal().request());
        assertEquals(
                List.of(RULE),
                heard.get(0).verdicts().stream().map(Verdict::rule).toList());
        assertEquals(outcome.subject(), heard.get(0).order());
        get(intake.preview(request, ORIGIN));
        assertEquals(1, heard.size(), "a preview is no order");
    }

    @Test
    void givesTheSameRequestTheSameHashAndAnotherOneAnother() {
        OrderRequest request = Samples.limit(Side.BUY, "IBM", "3", "99");
        OrderRequest same = new OrderRequest(
                request.account(),
                request.clientOrderId(),
                request.symbol(),
                request.side(),
                request.type(),
                request.timeInForce(),
                request.qtyE8(),
                OptionalLong.of(request.limitPriceE8().getAsLong()));
        assertEquals(BodyHash.of(request), BodyHash.of(same));
        OrderRequest other = new OrderRequest(
                request.account(),
                request.clientOrderId(),
                request.symbol(),
                request.side(),
                request.type(),
                request.timeInForce(),
                request.qtyE8() + 1,
                request.limitPriceE8());
        assertFalse(BodyHash.of(request) == BodyHash.of(other));
    }

    @Test
    void namesARequiredRuleWithoutACheck() throws Exception {
        Offered.replace(checks, List.of());
        assertUnanswered(Reason.GOV_CHECK_MISSING);
    }

    @Test
    void namesACheckThatThrows() throws Exception {
        Offered.replace(checks, List.of(check(RULE, p -> {
            throw new IllegalStateException("broken");
        })));
        assertUnanswered(Reason.GOV_CHECK_FAILED);
    }

    @Test
    void namesACheckThatAnswersForAnotherRule() throws Exception {
        Offered.replace(checks, List.of(check(RULE, p -> Verdict.allow("gov.other", "1", Map.of()))));
        assertUnanswered(Reason.GOV_CHECK_FAILED);
    }

    @Test
    void namesACheckThatHangsAndGoesOnWithinItsTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Offered.replace(checks, List.of(check(RULE, p -> {
            await(never);
            return Verdict.allow(RULE, "1", Map.of());
        })));
        OrderIntake hasty = intake(Offered.prices(List.of(market)), 200, AMPLE_MS);
        assertUnanswered(hasty, Reason.GOV_CHECK_TIMEOUT);
        hasty.close();
    }

    @Test
    void leavesOutACheckThatNobodyRequiresAndThatHasNoAnswer() throws Exception {
        door.acceptAll();
        Offered.replace(checks, List.of(check(RULE, p -> Verdict.allow(RULE, "1", Map.of())), check("acme.x", p -> {
            throw new IllegalStateException("broken");
        })));
        place(Samples.limit(Side.BUY, "IBM", "3", "99"));
        assertEquals(1, door.await(Commands.PlaceOrder.class).verdicts().size());
    }

    @Test
    void passesOnADenialOfACheckThatNobodyRequires() throws Exception {
        door.acceptAll();
        Offered.replace(
                checks,
                List.of(
                        check(RULE, p -> Verdict.allow(RULE, "1", Map.of())),
                        check("acme.max", p -> Verdict.deny("acme.max", "1", "too many", Map.of()))));
        place(Samples.limit(Side.BUY, "IBM", "3", "99"));
        assertEquals(
                List.of(RULE, "acme.max"),
                door.await(Commands.PlaceOrder.class).verdicts().stream()
                        .map(Verdict::rule)
                        .toList());
    }

    @Test
    void waitsForACheckThatIsBeingReplaced() throws Exception {
        door.acceptAll();
        modules.parked("gov.checks");
        Offered.replace(checks, List.of());
        List<CompletionStage<Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(intake.place(Samples.limit(Side.BUY, "IBM", "1", "99"), ORIGIN));
        }
        assertTrue(door.commands(Commands.PlaceOrder.class).isEmpty(), "nothing goes through unchecked");
        Offered.replace(checks, List.of(check(RULE, p -> Verdict.allow(RULE, "2", Map.of()))));
        modules.active("gov.checks");
        for (CompletionStage<Outcome> outcome : waiting) {
            assertEquals(Optional.empty(), get(outcome).refusal());
        }
        door.commands(Commands.PlaceOrder.class)
                .forEach(placed -> assertEquals("2", placed.verdicts().get(0).policyVersion()));
    }

    @Test
    void waitsAMomentForACheckThatLeftBeforeItsModuleDid() throws Exception {
        door.acceptAll();
        place(Samples.limit(Side.BUY, "IBM", "1", "99"));
        OrderCheck check = checks.current().get(0).service();
        Offered.replace(checks, List.of());
        CompletionStage<Outcome> waiting = intake.place(Samples.limit(Side.BUY, "IBM", "1", "99"), ORIGIN);
        assertFalse(waiting.toCompletableFuture().isDone());
        Offered.replace(checks, List.of(check));
        assertEquals(Optional.empty(), get(waiting).refusal());
        Offered.replace(checks, List.of());
        CompletionStage<Outcome> left = intake.place(Samples.limit(Side.BUY, "IBM", "1", "99"), ORIGIN);
        assertFalse(left.toCompletableFuture().isDone());
        clockMs.addAndGet(1_001);
        get(left);
        List<Commands.PlaceOrder> placed = door.commands(Commands.PlaceOrder.class);
        assertEquals(
                List.of(true, true, false),
                placed.stream().map(p -> p.verdicts().get(0).allowed()).toList(),
                "what stays away is missing after a while");
    }

    @Test
    void asksAgainWhenACheckBreaksBecauseItIsBeingReplaced() throws Exception {
        door.acceptAll();
        Offered.replace(checks, List.of(check(RULE, p -> {
            modules.parked("gov.checks");
            Offered.replace(checks, List.of(check(RULE, q -> {
                modules.active("gov.checks");
                return Verdict.allow(RULE, "2", Map.of());
            })));
            throw new IllegalStateException("stopped in the middle");
        })));
        place(Samples.limit(Side.BUY, "IBM", "1", "99"));
        assertEquals(
                "2", door.await(Commands.PlaceOrder.class).verdicts().get(0).policyVersion());
    }

    @Test
    void givesUpWaitingInBoundedTimeAndNumber() {
        modules.parked("gov.checks");
        Offered.replace(checks, List.of());
        OrderIntake hasty = intake(Offered.prices(List.of(market)), AMPLE_MS, 3_000);
        List<CompletionStage<Outcome>> waiting = new ArrayList<>();
        CompletionStage<Outcome> last;
        // one that looks again just now does not wait: an eleventh may find a place, many more cannot
        do {
            last = hasty.place(Samples.limit(Side.BUY, "IBM", "1", "99"), ORIGIN);
            waiting.add(last);
        } while (!last.toCompletableFuture().isCompletedExceptionally());
        assertTrue(waiting.size() > 10, "ten may wait, not " + (waiting.size() - 1));
        for (CompletionStage<Outcome> outcome : waiting) {
            UnavailableException why = assertUnavailable(outcome);
            assertEquals("MODULE_SWAPPING", why.code());
            assertEquals(OptionalLong.of(1).getAsLong(), why.retryAfterSeconds().getAsInt());
        }
        assertTrue(door.commands(Commands.PlaceOrder.class).isEmpty());
        hasty.close();
    }

    @Test
    void namesTheModuleThatIsNotInstalled() {
        modules.absent("mfe.exec");
        UnavailableException why = assertUnavailable(intake.place(Samples.market(Side.BUY, "IBM", "1"), ORIGIN));
        assertEquals("MODULE_ABSENT: mfe.exec, so orders cannot be placed", why.getMessage());
    }

    @Test
    void namesTheVenueThatIsNotThere() {
        portfolio.put(Samples.instrument("BAC", "elsewhere"));
        UnavailableException why = assertUnavailable(intake.place(Samples.market(Side.BUY, "BAC", "1"), ORIGIN));
        assertEquals("MODULE_ABSENT: mkt.venue, so venue elsewhere of BAC is not there", why.getMessage());
    }

    @Test
    void takesNoMarketOrderWithoutMarketData() {
        modules.absent("mkt.data");
        OrderIntake blind = intake(Offered.prices(List.of()), AMPLE_MS, AMPLE_MS);
        UnavailableException why = assertUnavailable(blind.place(Samples.market(Side.BUY, "IBM", "1"), ORIGIN));
        assertTrue(why.getMessage().startsWith("MODULE_ABSENT: mkt.data"), why.getMessage());
        blind.close();
    }

    @Test
    void refusesWhatItDoesNotKnowWithoutATrace() throws Exception {
        assertEquals(
                Reason.UNKNOWN_SYMBOL,
                place(Samples.market(Side.BUY, "NOPE", "1"))
                        .refusal()
                        .orElseThrow()
                        .reason());
        assertTrue(door.commands(Commands.PlaceOrder.class).isEmpty());
    }

    @Test
    void sendsAKnownClientIdOnWithoutAskingAnybody() throws Exception {
        door.acceptAll();
        OrderRequest request = Samples.limit(Side.BUY, "IBM", "1", "99");
        portfolio.put(Samples.accepted(request, "paper"));
        modules.absent("mfe.exec");
        Offered.replace(checks, List.of());
        place(request);
        assertEquals(request, door.await(Commands.PlaceOrder.class).request());
    }

    @Test
    void previewsByTheSameCodeWithoutSending() throws Exception {
        portfolio.verdicts(List.of(Verdict.allow(RULE, "1", Map.of())));
        Preview preview = get(intake.preview(Samples.market(Side.BUY, "IBM", "3"), ORIGIN));
        assertTrue(preview.accepted());
        assertEquals(30_000, preview.costMinor());
        assertEquals(31_500, preview.reserveMinor());
        assertTrue(door.commands(Commands.PlaceOrder.class).isEmpty());
    }

    @Test
    void checksTheNewTermsOfAReplacement() throws Exception {
        door.acceptAll();
        Order order = Samples.accepted(Samples.limit(Side.BUY, "IBM", "5", "99"), "paper");
        portfolio.put(order);
        List<OrderProposal> asked = new ArrayList<>();
        Offered.replace(checks, List.of(check(RULE, p -> {
            asked.add(p);
            return Verdict.allow(RULE, "1", Map.of());
        })));
        ReplaceRequest request = new ReplaceRequest(
                order.id(), "new-id", OptionalLong.empty(), OptionalLong.of(Scale8.parse("98")), Optional.empty());
        get(intake.replace(request, ORIGIN));
        assertEquals(Optional.of(order), asked.get(0).replaces());
        assertEquals(Scale8.parse("98"), asked.get(0).request().limitPriceE8().orElseThrow());
        assertEquals(Scale8.parse("5"), asked.get(0).request().qtyE8());
        assertEquals("new-id", door.await(Commands.ReplaceOrder.class).clientOrderId());
    }

    private void assertUnanswered(Reason reason) throws Exception {
        assertUnanswered(intake, reason);
    }

    private void assertUnanswered(OrderIntake asked, Reason reason) throws Exception {
        door.acceptAll();
        get(asked.place(Samples.limit(Side.BUY, "IBM", "3", "99"), ORIGIN));
        Verdict verdict = door.await(Commands.PlaceOrder.class).verdicts().get(0);
        assertEquals(RULE, verdict.rule());
        assertFalse(verdict.allowed());
        assertEquals(reason, verdict.reason());
    }

    private Outcome place(OrderRequest request) throws Exception {
        return get(intake.place(request, ORIGIN));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static UnavailableException assertUnavailable(CompletionStage<?> stage) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> get(stage));
        return assertInstanceOf(UnavailableException.class, failure.getCause());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record NamedVenue(String name) implements Venue {
        @Override
        public Kind kind() {
            return Kind.INTERNAL;
        }

        @Override
        public Session open(long incarnation, List<Order> openOrders, Reports reports) {
            throw new UnsupportedOperationException("intake only asks for the name");
        }
    }
}
