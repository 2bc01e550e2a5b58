package org.hmsach.ops.internal.shadow;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.ops.internal.shadow.ShadowReport.Said;
import org.hmsach.spi.mfe.FeeSchedule;

/**
 * Asks both fee schedules what an order will cost, and what it costs when all of it fills at the price it is judged by.
 * A schedule is pure, so the serving one may be asked again.
 */
final class FeeQuestions implements Question.Source {
    private final Supplier<List<FeeSchedule>> serving;
    private final Supplier<List<FeeSchedule>> shadows;

    FeeQuestions(Supplier<List<FeeSchedule>> serving, Supplier<List<FeeSchedule>> shadows) {
        this.serving = serving;
        this.shadows = shadows;
    }

    @Override
    public List<Question> of(Judged judged) {
        OrderRequest request = judged.proposal().request();
        OptionalLong priceE8 = priceE8(judged);
        List<FeeSchedule> now = serving.get();
        List<Question> questions = new ArrayList<>();
        if (priceE8.isEmpty() || now.isEmpty()) {
            return questions;
        }
        FeeSchedule live = now.get(now.size() - 1);
        var currency = judged.proposal().instrument().currency();
        for (FeeSchedule shadow : shadows.get()) {
            questions.add(question(
                    "fees.estimate",
                    live,
                    shadow,
                    schedule -> schedule.estimateMinor(
                            request.side(), request.symbol(), request.qtyE8(), priceE8.getAsLong(), currency)));
            questions.add(
                    question(
                            "fees.fill", live, shadow, schedule -> schedule
                                    .fees(
                                            request.side(),
                                            request.symbol(),
                                            request.qtyE8(),
                                            priceE8.getAsLong(),
                                            currency)
                                    .stream()
                                    .mapToLong(FeeSchedule.Fee::amountMinor)
                                    .reduce(0, Math::addExact)));
        }
        return questions;
    }

    private static Question question(
            String rule, FeeSchedule live, FeeSchedule shadow, ToLongFunction<FeeSchedule> costMinor) {
        return new Question(rule, () -> {
            long liveMinor = costMinor.applyAsLong(live);
            long shadowMinor = costMinor.applyAsLong(shadow);
            return new Comparison(
                    rule, Long.compare(shadowMinor, liveMinor), said(live, liveMinor), said(shadow, shadowMinor));
        });
    }

    private static Said said(FeeSchedule schedule, long minor) {
        return new Said(minor + " minor units", "", "schedule " + schedule.version(), Long.toString(minor), "");
    }

    private static OptionalLong priceE8(Judged judged) {
        OptionalLong limit = judged.proposal().request().limitPriceE8();
        if (limit.isPresent()) {
            return limit;
        }
        return judged.proposal()
                .reference()
                .map(reference -> OptionalLong.of(reference.priceE8()))
                .orElse(OptionalLong.empty());
    }
}
