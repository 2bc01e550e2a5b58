package org.hmsach.core.internal.intake;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Tape;
import org.hmsach.spi.gov.OrderProposal;

/** The way of an order from the edge to the door. No OSGi. */
final class OrderIntake implements Intake, AutoCloseable {
    private final Door door;
    private final Portfolio portfolio;
    private final Tape tape;
    private final Ground ground;
    private final CheckRunner checks;
    private final Parking parking;
    private final Judgements judgements;

    OrderIntake(Core core, Ground ground, CheckRunner checks, Parking parking, Judgements judgements) {
        this.door = core.door();
        this.portfolio = core.portfolio();
        this.tape = core.tape();
        this.ground = ground;
        this.checks = checks;
        this.parking = parking;
        this.judgements = judgements;
    }

    /** The services of the core that intake uses. */
    record Core(Door door, Portfolio portfolio, Tape tape) {}

    /** An order or the new terms of one, on its way. */
    private record Terms(
            OrderRequest request,
            Account account,
            Instrument instrument,
            Optional<Order> replaces,
            UUID principal,
            boolean preview,
            long deadlineNs) {}

    /** What was found for an order, and what the checks said about it. */
    private record Judged(Ground.Found found, OrderProposal proposal, List<Verdict> verdicts) {}

    @Override
    public CompletionStage<Outcome> place(OrderRequest request, Origin origin) {
        if (isKnown(request.account(), request.clientOrderId())) {
            // the machine compares the bodies and gives the first order again, whatever modules are here now
            return door.submit(place(request, Ground.Found.NOTHING, List.of()), origin);
        }
        Optional<Refused> refusal = unknown(request);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        Terms terms = terms(request, Optional.empty(), origin, false);
        return judged(
                terms, judged -> told(judged, door.submit(place(request, judged.found(), judged.verdicts()), origin)));
    }

    @Override
    public CompletionStage<Preview> preview(OrderRequest request, Origin origin) {
        Optional<Refused> refusal = unknown(request);
        if (refusal.isPresent()) {
            Verdict verdict = new Verdict(
                    "core.order",
                    false,
                    refusal.get().reason(),
                    "none",
                    refusal.get().detail(),
                    Map.of());
            return CompletableFuture.completedFuture(new Preview(false, Optional.empty(), 0, 0, 0, List.of(verdict)));
        }
        Terms terms = terms(request, Optional.empty(), origin, true);
        return judged(terms, judged -> portfolio
                .evaluate(place(request, judged.found(), judged.verdicts()))
                .thenApply(all -> preview(terms, judged.found(), all))
                .toCompletableFuture());
    }

    @Override
    public CompletionStage<Outcome> cancel(UUID order, Origin origin) {
        return door.submit(new Commands.CancelOrder(order), origin);
    }

    @Override
    public CompletionStage<Outcome> replace(ReplaceRequest request, Origin origin) {
        Optional<Order> order = portfolio.order(request.order());
        if (order.isEmpty()) {
            return refused(Refused.of(Reason.NOT_FOUND, "order", "there is no order " + request.order()));
        }
        if (isKnown(order.get().account(), request.clientOrderId())) {
            return door.submit(replace(request, Ground.Found.NOTHING, List.of()), origin);
        }
        OrderRequest wanted;
        try {
            wanted = wanted(order.get().request(), request);
        } catch (IllegalArgumentException e) {
            return refused(Refused.of(Reason.INVALID, "replace", e.getMessage()));
        }
        Optional<Refused> refusal = unknown(wanted);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        Terms terms = terms(wanted, order, origin, false);
        return judged(
                terms,
                judged -> told(judged, door.submit(replace(request, judged.found(), judged.verdicts()), origin)));
    }

    private boolean isKnown(UUID account, String clientOrderId) {
        return portfolio.orderByClientId(account, clientOrderId).isPresent();
    }

    /** What cannot even be judged is refused here and leaves no trace. */
    private Optional<Refused> unknown(OrderRequest request) {
        if (portfolio.account(request.account()).isEmpty()) {
            return Optional.of(Refused.of(Reason.NOT_FOUND, "account", "there is no account " + request.account()));
        }
        if (portfolio.instrument(request.symbol()).isEmpty()) {
            return Optional.of(
                    Refused.of(Reason.UNKNOWN_SYMBOL, "symbol", "there is no instrument '" + request.symbol() + "'"));
        }
        return Optional.empty();
    }

    private Terms terms(OrderRequest request, Optional<Order> replaces, Origin origin, boolean preview) {
        return new Terms(
                request,
                portfolio.account(request.account()).orElseThrow(),
                portfolio.instrument(request.symbol()).orElseThrow(),
                replaces,
                origin.principal(),
                preview,
                parking.deadline());
    }

    private static OrderRequest wanted(OrderRequest old, ReplaceRequest request) {
        return new OrderRequest(
                old.account(),
                request.clientOrderId(),
                old.symbol(),
                old.side(),
                old.type(),
                request.timeInForce().orElse(old.timeInForce()),
                request.qtyE8().orElse(old.qtyE8()),
                request.limitPriceE8().isPresent() ? request.limitPriceE8() : old.limitPriceE8());
    }

    /** The outcome as it comes; whoever listens to judgements hears of it first. */
    private CompletableFuture<Outcome> told(Judged judged, CompletionStage<Outcome> outcome) {
        return outcome.thenApply(answer -> {
                    judgements.tell(judged.proposal(), judged.verdicts(), answer.subject());
                    return answer;
                })
                .toCompletableFuture();
    }

    private <T> CompletableFuture<T> judged(Terms terms, Function<Judged, CompletableFuture<T>> then) {
        return judged(terms, then, checks::judgeNear);
    }

    /** Again, on the thread that lets parked orders go on: nothing may hold it up. */
    private <T> CompletableFuture<T> judgedAgain(Terms terms, Function<Judged, CompletableFuture<T>> then) {
        return judged(terms, then, checks::judge);
    }

    private <T> CompletableFuture<T> judged(
            Terms terms,
            Function<Judged, CompletableFuture<T>> then,
            BiFunction<OrderProposal, List<String>, CompletableFuture<CheckRunner.Judgement>> judge) {
        Ground.Found found;
        try {
            found = ground.find(terms.request(), terms.instrument());
        } catch (UnavailableException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (found.waitFor().isPresent()) {
            return parking.park(found.waitFor().get(), terms.deadlineNs(), () -> judgedAgain(terms, then));
        }
        OrderProposal proposal = new OrderProposal(
                terms.request(),
                terms.principal(),
                terms.account(),
                terms.instrument(),
                found.reference(),
                terms.replaces(),
                portfolio.businessDate(),
                terms.preview());
        return judge.apply(proposal, portfolio.requiredRules()).thenCompose(judgement -> {
            if (judgement.waitFor().isPresent()) {
                return parking.park(judgement.waitFor().get(), terms.deadlineNs(), () -> judgedAgain(terms, then));
            }
            return then.apply(new Judged(found, proposal, judgement.verdicts()));
        });
    }

    private static Commands.PlaceOrder place(OrderRequest request, Ground.Found found, List<Verdict> verdicts) {
        return new Commands.PlaceOrder(
                request, BodyHash.of(request), found.reference(), found.reserveLimitE8(), found.feeMinor(), verdicts);
    }

    private static Commands.ReplaceOrder replace(ReplaceRequest request, Ground.Found found, List<Verdict> verdicts) {
        return new Commands.ReplaceOrder(
                request.order(),
                request.clientOrderId(),
                BodyHash.of(request),
                request.qtyE8(),
                request.limitPriceE8(),
                request.timeInForce(),
                found.reference(),
                found.feeMinor(),
                verdicts);
    }

    private static Preview preview(Terms terms, Ground.Found found, List<Verdict> all) {
        OrderRequest request = terms.request();
        int digits = terms.instrument().currency().digits();
        long priceE8 = request.limitPriceE8()
                .orElseGet(() -> found.reference().map(r -> r.priceE8()).orElse(0L));
        long costMinor = cash(priceE8, request.qtyE8(), digits, RoundingMode.HALF_EVEN);
        long reserveMinor = request.side() == Side.BUY
                ? saturatedSum(
                        cash(found.reserveLimitE8(), request.qtyE8(), digits, RoundingMode.CEILING), found.feeMinor())
                : 0;
        boolean accepted = all.stream().allMatch(Verdict::allowed);
        return new Preview(accepted, found.reference(), costMinor, found.feeMinor(), reserveMinor, all);
    }

    /** A preview shows the largest number where the machine refuses one that does not fit. */
    private static long cash(long priceE8, long qtyE8, int digits, RoundingMode rounding) {
        try {
            return Scale8.cashMinor(priceE8, qtyE8, digits, rounding);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long saturatedSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private CompletionStage<Outcome> refused(Refused refusal) {
        return CompletableFuture.completedFuture(
                new Outcome(0, tape.lastNumber(), Optional.empty(), false, Optional.of(refusal)));
    }

    @Override
    public void close() {
        parking.close();
        checks.close();
    }
}
