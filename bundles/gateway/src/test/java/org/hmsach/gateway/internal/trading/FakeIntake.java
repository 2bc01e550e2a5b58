package org.hmsach.gateway.internal.trading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Samples;

/** Accepts every order into a fake portfolio, unless it is told what to answer. */
final class FakeIntake implements Intake {
    final List<OrderRequest> placed = new ArrayList<>();
    final List<Origin> origins = new ArrayList<>();
    Optional<Refused> refusal = Optional.empty();
    Optional<RuntimeException> away = Optional.empty();
    Preview preview;
    private final FakePortfolio portfolio;
    private final Set<String> cancelKeys = new HashSet<>();

    FakeIntake(FakePortfolio portfolio) {
        this.portfolio = portfolio;
    }

    @Override
    public CompletionStage<Outcome> place(OrderRequest request, Origin origin) {
        placed.add(request);
        origins.add(origin);
        if (away.isPresent()) {
            return CompletableFuture.failedFuture(away.get());
        }
        Optional<Order> before = portfolio.orderByClientId(request.account(), request.clientOrderId());
        if (before.isPresent()) {
            return answer(before.get().id(), true, Optional.empty());
        }
        Order order = Samples.accepted(request, "paper");
        portfolio.put(order);
        return answer(order.id(), false, refusal);
    }

    @Override
    public CompletionStage<Outcome> cancel(UUID order, Origin origin) {
        Order before = portfolio.order(order).orElseThrow();
        if (origin.idempotencyKey().filter(cancelKeys::contains).isPresent()) {
            return answer(order, true, Optional.empty());
        }
        origin.idempotencyKey().ifPresent(cancelKeys::add);
        if (before.state().isFinal()) {
            String detail = "order is not cancelable: it is " + before.state();
            return answer(order, false, Optional.of(Refused.of(Reason.ILLEGAL_TRANSITION, "order", detail)));
        }
        portfolio.put(Samples.inState(before, OrderState.CANCELED));
        return answer(order, false, Optional.empty());
    }

    @Override
    public CompletionStage<Outcome> replace(ReplaceRequest request, Origin origin) {
        Order before = portfolio.order(request.order()).orElseThrow();
        if (before.replacement().isPresent()) {
            String detail = "order is not replaceable: it is " + before.state();
            return answer(before.id(), false, Optional.of(Refused.of(Reason.ILLEGAL_TRANSITION, "order", detail)));
        }
        OptionalLong price = request.limitPriceE8().isPresent()
                ? request.limitPriceE8()
                : before.request().limitPriceE8();
        Replacement terms = new Replacement(
                Samples.newId(),
                request.clientOrderId(),
                request.timeInForce().orElse(before.request().timeInForce()),
                request.qtyE8().orElse(before.request().qtyE8()),
                price);
        portfolio.put(Samples.replacing(before, terms));
        return answer(before.id(), false, Optional.empty());
    }

    @Override
    public CompletionStage<Preview> preview(OrderRequest request, Origin origin) {
        return CompletableFuture.completedFuture(preview);
    }

    private static CompletionStage<Outcome> answer(UUID subject, boolean duplicate, Optional<Refused> refusal) {
        return CompletableFuture.completedFuture(new Outcome(1, 1, Optional.of(subject), duplicate, refusal));
    }
}
